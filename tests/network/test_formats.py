"""Slack exports, Teams and Viva tables and mail counts become interactions; private talk is not opened."""

import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intranet.text.tables import BadTable
from kms.network.imports import import_interactions
from kms.network.models import Interaction
from tests.factories.cast import person
from tests.network.organisation import staff

AT = 1767607200


@pytest.fixture
def company(db):
    made = staff(lab=4)["lab"]
    for one in made:
        one.email = f"{one.username}@example.org"
        one.save()
    return made


def message(user, seconds, text="", **more):
    return {"type": "message", "user": user, "ts": f"{AT + seconds}.000100", "text": text, **more}


@pytest.fixture
def export(tmp_path, company):
    """Three messages in a public channel, and the same in a private one that must stay shut."""
    root = f"{AT}.000100"
    talk = [
        message("U0", 0, "Who knows <@U1> about seals?"),
        message("U2", 60, "I do", thread_ts=root, parent_user_id="U0"),
        message("U3", 90, "<@U0> <@U0|lab0> and <@U9>", thread_ts=root),
        message("U3", 95, "joined", subtype="channel_join"),
    ]
    users = [
        {"id": f"U{i}", "name": f"u{i}", "profile": {"email": one.email}} for i, one in enumerate(company)
    ]
    files = {
        "users.json": users,
        "channels.json": [{"name": "seals"}],
        "groups.json": [{"name": "board"}],
        "seals/2026-01-05.json": talk,
        "board/2026-01-05.json": [message("U1", 5, "<@U2> secret")],
    }
    for name, content in files.items():
        path = tmp_path / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return tmp_path / "export"


ROWS = [
    ("lab0", "lab1", "mention", 1),
    ("lab2", "lab0", "reply", 1),
    ("lab3", "lab0", "mention", 2),
    ("lab3", "lab0", "reply", 1),
]


def stored():
    return sorted(
        Interaction.objects.values_list("source__username", "target__username", "kind", "audience_size")
    )


def test_a_slack_folder(export):
    report = import_interactions(export, form="slack", origin="slack")
    assert stored() == ROWS and report.unknown_people == 1
    assert "seals?" not in json.dumps(list(Interaction.objects.values()), default=str)


def test_a_slack_zip_by_the_page_counts_once(client, export, tmp_path):
    path = tmp_path / "slack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in export.rglob("*.json"):
            archive.write(file, file.relative_to(export))
    client.force_login(person("km", "employee", "km"))
    for _ in range(2):
        file = SimpleUploadedFile("slack.zip", path.read_bytes())
        answer = client.post("/km/network/sources/", {"form": "slack", "origin": "slack", "file": file})
        assert answer.status_code == 302
    assert stored() == ROWS


def test_what_is_no_export_is_refused_with_a_sentence(client, company, tmp_path):
    path = tmp_path / "x.zip"
    path.write_text("no zip", encoding="utf-8")
    with pytest.raises(BadTable, match="neither a folder nor a zip"):
        import_interactions(path, form="slack")
    client.force_login(person("km", "employee", "km"))
    answer = client.post(
        "/km/network/sources/",
        {"form": "slack", "origin": "slack", "file": SimpleUploadedFile("x.zip", b"no zip")},
    )
    assert answer.status_code == 422 and "neither a folder nor a zip" in answer.content.decode()
    client.force_login(company[0])
    assert client.get("/km/network/sources/").status_code == 404


@pytest.mark.parametrize(
    ("form", "head", "kind"),
    [
        ("teams", "PersonId,CollaboratorId,MetricDate,Count,Activity,Attendees", "meeting"),
        ("mail", "sender,recipient,day,count,kind,recipients", "meeting"),
    ],
)
def test_counts_a_day_are_so_many_rows(company, tmp_path, form, head, kind):
    path = tmp_path / "counts.csv"
    path.write_text(
        f"{head}\nlab-0,lab1@example.org,2026-01-05,3,Meeting,2\nlab-1,lab-0,2026-01-05,0,,\n", "utf-8"
    )
    assert import_interactions(path, form=form).added == 3
    assert stored() == [("lab0", "lab1", kind, 2)] * 3
    assert set(Interaction.objects.values_list("at", flat=True)) == {datetime(2026, 1, 5, tzinfo=UTC)}
    assert import_interactions(path, form=form).added == 0
