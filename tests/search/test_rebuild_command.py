"""The command that derives the index again."""

import pytest
from django.core.management import CommandError, call_command

from intranet.activity.models import Event
from intranet.search.models import SearchEntry
from intranet.search.searching import search
from tests.search.writing import ask


def test_a_lost_index_comes_back(cast, indexed, capsys):
    ask(cast.noa, cast.open, "Which grease?")
    indexed()
    SearchEntry.objects.all().delete()
    assert search(cast.alex, "grease").total == 0
    call_command("rebuild", "search")
    assert search(cast.alex, "grease").total == 1
    assert capsys.readouterr().out == f"search: {Event.objects.count()} events read\n"


def test_an_unknown_reader_is_refused(cast):
    with pytest.raises(CommandError, match="invalid choice: 'serach'"):
        call_command("rebuild", "serach")
