"""Logarithms of counts too large to hold."""

from scipy.special import gammaln

from kms.sna.graph import Floats, Ints


def log_choose(n: int, k: Ints) -> Floats:
    """Natural logarithm of the binomial coefficient ``n`` over ``k``.

    >>> import numpy as np
    >>> np.exp(log_choose(4, np.array([0, 2]))).round(6).tolist()
    [1.0, 6.0]
    """
    value: Floats = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return value
