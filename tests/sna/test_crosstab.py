"""Who is in which cluster: what is told adds up, and nobody can be worked out from it."""

import numpy as np
import pytest
from scipy.optimize import linprog

from kms.sna.records import Terms
from kms.sna.report import analyse
from tests.sna.organisation import organisation

TERMS = Terms(permutations=50, draws=50, cluster_seeds=2)


def truth(report):
    """The whole table of a report on which nothing is hidden; the last column is of all clusters that have none."""
    table = report["clusters"]["table"]
    return {
        name: np.array([*(n or 0 for n in row), table["elsewhere"][name]], float)
        for name, row in table["people"].items()
    }


@pytest.fixture(params=range(4))
def reports(request):
    """The same organisation suppressed and, with the same groups, whole."""
    people, ties = organisation(140, 6, degree=3, lean=6, seed=request.param)
    shown = analyse(people, ties, TERMS)
    whole = analyse(people, ties, Terms(floor=1, permutations=50, draws=50, cluster_seeds=2))
    return shown, whole


def test_without_a_floor_everybody_with_a_tie_is_told(reports):
    _, whole = reports
    table = whole["clusters"]["table"]
    told = sum(n or 0 for row in table["people"].values() for n in row)
    assert told + sum(table["elsewhere"].values()) == whole["meta"]["people_covered"]


def test_what_is_told_is_true_and_stands_for_five(reports):
    shown, whole = reports
    people, real = shown["clusters"]["table"]["people"], truth(whole)
    numbers = [(n, real[name][c]) for name, row in people.items() if row for c, n in enumerate(row) if n]
    assert numbers and all(n == m and n >= 5 for n, m in numbers)


def test_hidden_numbers_withstand_linear_programming(reports):
    """Known to who attacks: what is told, the size of each group, and how many people have a tie at all."""
    shown, whole = reports
    table, real = shown["clusters"]["table"], truth(whole)
    names = list(table["people"])
    value = np.array([real[name] for name in names])
    clusters = value.shape[1]
    size, equal, known, most, limit = len(names) * clusters, [], [], [], []
    for g, name in enumerate(names):
        row = np.zeros(size)
        row[g * clusters : (g + 1) * clusters] = 1
        most, limit = [*most, row], [*limit, shown["meta"]["groups"][name]]
        if table["people"][name] is None:
            continue
        equal, known = [*equal, row], [*known, value[g].sum()]
        for c, n in enumerate(table["people"][name]):
            if n is not None:
                equal, known = [*equal, np.eye(size)[g * clusters + c]], [*known, n]
    equal, known = [*equal, np.ones(size)], [*known, shown["meta"]["people_covered"]]
    for g, name in enumerate(names):
        row = table["people"][name]
        for c in range(clusters - 1) if row and table["elsewhere"][name] else ():
            if row[c] is None:
                aim, x = np.eye(size)[g * clusters + c], value[g, c]
                low, high = (
                    sign * linprog(sign * aim, np.array(most), limit, np.array(equal), known).fun
                    for sign in (1, -1)
                )
                assert low <= max(x - 5, 0) + 1e-6 and high >= x + 5 - 1e-6


def test_agreement_is_not_told_to_the_digit_that_would_give_a_number_back(reports):
    shown, whole = reports
    for name in ("nmi", "ari", "ami"):
        value = shown["clusters"][name]
        assert value == round(value, 2) == round(whole["clusters"][name], 2)
