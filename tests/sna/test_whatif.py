"""What introductions would change, against the network woven anew."""

import numpy as np
import pytest

from kms.sna import ei, paths
from kms.sna.graph import network_of
from kms.sna.records import Person, SnaError, Terms
from kms.sna.weave import weave
from kms.sna.whatif import what_if
from tests.sna.organisation import organisation


@pytest.fixture(scope="module")
def network():
    return weave(*organisation(80, 4, degree=2.5, seed=1), Terms(floor=1), None)[0]


def untied(network, count):
    tied = set(zip(network.pairs.left.tolist(), network.pairs.right.tolist(), strict=True))
    free = [(i, i + 9) for i in range(60) if (i, i + 9) not in tied]
    return free[:count]


def test_all_accepted_is_the_network_with_these_ties(network):
    pairs = untied(network, 6)
    people = [Person(name, network.groups[g]) for name, g in zip(network.ids, network.group, strict=True)]
    one, other = np.array(pairs).T
    grown = network_of(people, np.append(network.source, one), np.append(network.target, other))
    found = what_if(network, [(network.ids[a], network.ids[b]) for a, b in pairs])[0]
    assert (found.acceptance, found.ties) == (1.0, 6)
    for net, efficiency, value in (
        (network, found.efficiency_before, found.ei_before),
        (grown, found.efficiency, found.ei),
    ):
        assert efficiency == pytest.approx(paths.inter_group_paths(net)["inter_group_efficiency"])
        assert value == pytest.approx(ei.ei(net, permutations=0, seed=0)["undirected"]["ei"])


def test_fewer_who_accept_change_less(network):
    pairs = [(network.ids[a], network.ids[b]) for a, b in untied(network, 20)]
    found = what_if(network, pairs)
    assert [one.acceptance for one in found] == [1.0, 0.3, 0.1]
    assert [one.ties for one in found] == pytest.approx([20, 6, 2])
    efficiency = [one.efficiency for one in found]
    assert efficiency == sorted(efficiency, reverse=True) and efficiency[-1] > found[0].efficiency_before
    assert found == what_if(network, pairs)


def test_introductions_that_make_no_sense_are_refused(network):
    tied = (network.ids[network.pairs.left[0]], network.ids[network.pairs.right[0]])
    for pairs, sentence in (
        ([("p0", "nobody")], "two people"),
        ([("p0", "p0")], "two people"),
        ([tied], "already"),
    ):
        with pytest.raises(SnaError, match=sentence):
            what_if(network, pairs)
