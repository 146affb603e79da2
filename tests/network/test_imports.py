"""Interactions from files: once each, whole or not at all, taken up again where they stopped."""

import pytest
from django.core.management import CommandError, call_command

from kms.network import imports
from kms.network.models import Interaction
from tests.network.organisation import staff

HEAD = "source,target,kind,at,context_id,audience_size\n"


@pytest.fixture
def company(db):
    return staff(lab=3)


def write(tmp_path, text):
    path = tmp_path / "mail.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_taken_in_once(company, tmp_path, capsys):
    path = write(
        tmp_path,
        HEAD
        + "lab-0,lab-1,mail,2026-01-05T10:00:00Z,m1,2\n"
        + "lab-0,lab-1,mail,1767607200,m1,2\n"  # the same moment, in seconds
        + "lab1,lab-2,mail,2026-01-05T10:00:00Z,,\n"
        + "lab-1,lab-1,mail,2026-01-05T10:00:00Z,,\n"
        + "lab-1,stranger,mail,2026-01-05T10:00:00Z,,\n",
    )
    call_command("import_interactions", path, "--source", "mail-2026")
    assert (
        "5 rows: 2 added, 1 known already, 1 with people who are not here, 1 with oneself."
        in capsys.readouterr().out
    )
    call_command("import_interactions", path)
    assert "0 added, 3 known already" in capsys.readouterr().out
    assert list(
        Interaction.objects.order_by("pk").values_list("source__username", "audience_size", "origin")
    ) == [
        ("lab0", 2, "mail-2026"),
        ("lab1", None, "mail-2026"),
    ]


def test_a_dry_run_changes_nothing(company, tmp_path, capsys):
    path = write(tmp_path, HEAD + "lab-0,lab-1,mail,2026-01-05,,\n")
    call_command("import_interactions", path, "--dry-run")
    assert "Dry run: 1 rows: 1 added" in capsys.readouterr().out
    assert not Interaction.objects.exists()


def test_an_import_that_stopped_is_taken_up_again(company, tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 1)
    path = write(tmp_path, HEAD + "".join(f"lab-0,lab-1,mail,{at},,\n" for at in (10, 20, 30)))

    def stopped(rows):
        for number, row in enumerate(rows):
            if number == 2:
                raise KeyboardInterrupt
            yield row

    with pytest.raises(KeyboardInterrupt):
        imports.import_interactions(path, progress=stopped)
    assert Interaction.objects.count() == 2
    report = imports.import_interactions(path)
    assert (report.added, report.known) == (1, 2)
    assert Interaction.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("source,target,at\n", "mail.csv has no column 'kind'; its columns are: source, target, at."),
        (HEAD + "lab-0,lab-1,mail,10,,\nlab-0,lab-1,mail,soon,,\n", "mail.csv, line 3: 'soon' is neither"),
        (HEAD + "lab-0,lab-1,mail,,,\n", "mail.csv, line 2: '' is neither"),
        (
            HEAD + "lab-0,lab-1,mail,10,,many\n",
            "mail.csv, line 2: audience_size 'many' is not a whole number.",
        ),
        (HEAD + "lab-0,,mail,10,,\n", "mail.csv, line 2: source and target must both be given."),
        (HEAD + "lab-0,lab-1,mail,1e300,,\n", "mail.csv, line 2:"),
        (HEAD + "lab-0,lab-1,mail,99999999999999999,,\n", "mail.csv, line 2:"),
    ],
)
def test_bad_files_change_nothing(company, tmp_path, text, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("import_interactions", write(tmp_path, text))
    assert str(refused.value).startswith(sentence)
    assert not Interaction.objects.exists()
