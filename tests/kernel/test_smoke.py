import pytest

from communities.verbs import ANSWERED, ASKED
from intranet.posting import actions
from tests.factories.cast import make_cast


@pytest.mark.django_db
def test_start_and_reply():
    cast = make_cast()
    q = actions.start(
        author=cast.noa, space=cast.open, kind="question", title="Why", source="x @alex", verb=ASKED
    ).post
    a = actions.reply(author=cast.alex, parent=q, kind="answer", source="y", verb=ANSWERED).post
    assert a.number == 1 and a.root_id == q.pk
