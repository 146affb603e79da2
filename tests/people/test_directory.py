"""People from the directory: created, changed, deactivated; whole or not at all."""

import pytest
from django.core.management import CommandError, call_command

from intranet.people.models import OrgUnit, User
from tests.factories.cast import person

HEAD = "id,email,name,unit,manager_id,location,title,language\n"
ROWS = (
    "7,dana@example.org,Dana Gal,R&D/Lab/Optics,9,Haifa,Engineer,he\n"
    "8,,Omri Shoham,R&D/Lab,7,Galil,,en\n"
    "9,rut@example.org,Rut Keren,R&D,9,Haifa,Head,xx\n"
)


@pytest.fixture
def sync(db, tmp_path, capsys):
    def run(text, *options):
        path = tmp_path / "people.csv"
        path.write_text(text, encoding="utf-8")
        call_command("import_people", path, *options)
        return capsys.readouterr().out.strip()

    return run


def test_people_units_and_managers_are_made(sync):
    assert sync(HEAD + ROWS) == (
        "3 created, 0 changed, 0 deactivated, 0 unchanged; 3 units made; 0 unknown managers left out."
    )
    assert list(OrgUnit.objects.values_list("path", "parent__path")) == [
        ("R&D", None),
        ("R&D/Lab", "R&D"),
        ("R&D/Lab/Optics", "R&D/Lab"),
    ]
    dana = User.objects.get(directory_id="7")
    assert (dana.username, dana.language, dana.unit.path, dana.manager.name) == (
        "dana",
        "he",
        "R&D/Lab/Optics",
        "Rut Keren",
    )
    assert not dana.has_usable_password() and dana.roles == ["employee"]
    assert User.objects.get(directory_id="8").username == "u8"
    assert User.objects.get(directory_id="9").manager is None


def test_a_second_run_tells_what_changed(sync):
    sync(HEAD + ROWS)
    assert "0 created, 0 changed, 0 deactivated, 3 unchanged" in sync(HEAD + ROWS)
    changed = ROWS.replace("Engineer", "Lead").replace("8,,Omri Shoham,R&D/Lab,7", "8,,Omri Shoham,R&D/Lab,9")
    assert "0 created, 2 changed, 0 deactivated, 1 unchanged" in sync(HEAD + changed)
    assert User.objects.get(directory_id="7").title == "Lead"


def test_who_left_the_directory_is_deactivated_and_may_come_back(sync):
    person("visitor", "guest")
    sync(HEAD + ROWS)
    assert "1 deactivated" in sync(HEAD + "".join(ROWS.splitlines(keepends=True)[1:]))
    assert not User.objects.get(directory_id="7").is_active
    assert User.objects.get(username="visitor").is_active
    assert "2 changed" in sync(HEAD + ROWS)  # the one who came back, and the one who reports to her again
    assert User.objects.get(directory_id="7").is_active


def test_a_person_known_by_e_mail_is_taken_over(sync):
    person("dana-old", "employee", "km", email="Dana@example.org")
    assert "2 created, 1 changed" in sync(HEAD + ROWS)
    dana = User.objects.get(directory_id="7")
    assert (dana.username, dana.roles) == ("dana-old", ["employee", "km"])


def test_user_names_do_not_collide_or_look_alike(sync):
    person("dana", "employee", email="else@example.org")
    sync(HEAD + ROWS)
    assert User.objects.get(directory_id="7").username == "dana-2"


def test_a_dry_run_changes_nothing(sync):
    assert sync(HEAD + ROWS, "--dry-run").startswith("Dry run: 3 created")
    assert not User.objects.exists() and not OrgUnit.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id,email\n", "people.csv has no column 'name'; its columns are: id, email."),
        (HEAD, "people.csv lists nobody; the people here were left as they are."),
        (HEAD + ROWS + "7,,Twice,,,,,\n", "people.csv, line 5: the id '7' is listed twice."),
        (
            HEAD + ROWS + "10,DANA@example.org,Twice,,,,,\n",
            "people.csv, line 5: the e-mail 'DANA@example.org' is listed",
        ),
        (HEAD + ROWS + ",,Nobody,,,,,\n", "people.csv, line 5: the id is empty."),
        (HEAD + ROWS + "10,nowhere,Bad,,,,,\n", "people.csv, line 5: 'nowhere' is not an e-mail address."),
    ],
)
def test_bad_files_change_nothing(sync, text, sentence):
    sync(HEAD + "1,,First,,,,,en\n")
    with pytest.raises(CommandError) as refused:
        sync(text)
    assert str(refused.value).startswith(sentence)
    assert [one.name for one in User.objects.all()] == ["First"]
    assert User.objects.get().is_active
