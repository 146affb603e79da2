"""What python-graphblas can say of a network: matrix products over any ring, by SuiteSparse on one thread."""

from __future__ import annotations

import graphblas as gb
import numpy as np
from graphblas import binary, monoid, unary

from kms.sna.graph import Network


class Products:
    """The matrices of a network, and figures from them; each as :mod:`kms.sna` defines it."""

    def __init__(self, net: Network) -> None:
        gb.ss.config["nthreads"] = 1
        one, other = net.pairs.left, net.pairs.right
        self.size, self.groups = net.size, len(net.groups)
        self.arcs = self._matrix(net.source, net.target)
        self.ties = self._matrix(np.concatenate([one, other]), np.concatenate([other, one]))
        self.member = gb.Matrix.from_coo(
            np.arange(net.size), net.group, np.ones(net.size), nrows=net.size, ncols=self.groups
        )

    def _matrix(self, rows: np.ndarray, columns: np.ndarray) -> gb.Matrix:
        return gb.Matrix.from_coo(rows, columns, np.ones(len(rows)), nrows=self.size, ncols=self.size)

    def assortativity(self) -> float:
        cells = (self.member.T.new() @ self.arcs @ self.member).new().to_dense(0.0) / self.arcs.nvals
        chance = float(cells.sum(axis=1) @ cells.sum(axis=0))
        return float((np.trace(cells) - chance) / (1 - chance))

    def reciprocity(self) -> float:
        return float(self.arcs.ewise_mult(self.arcs.T, binary.times).new().nvals / self.arcs.nvals)

    def constraint(self) -> float:
        part = (self.ties.reduce_rowwise(monoid.plus).apply(unary.minv).new().diag() @ self.ties).new()
        both = (part @ part).new(mask=self.ties.S)
        taken = part.ewise_add(both, binary.plus).new()
        return float(taken.apply(binary.pow, right=2).new().reduce_scalar(monoid.plus).value)

    def effective_size(self) -> float:
        degree = self.ties.reduce_rowwise(monoid.plus).new()
        near = (self.ties @ self.ties).new(mask=self.ties.S).reduce_rowwise(monoid.plus).new()
        lost = near.ewise_mult(degree, binary.truediv).new()
        return float(degree.reduce(monoid.plus).value - lost.reduce(monoid.plus).value)
