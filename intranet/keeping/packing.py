"""The file with everything about a person: `data.json` for programs, `index.html` for people, `files/` as they were sent.

The person gets all of it. For an administrator, who may ask in their place, what stands where they do not read is left
out, and drafts, notices, what is followed and files at posts that do not name their writer: asking for a copy must become
neither a way into secret places nor one to who asked without a name.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import ForeignKey, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from intranet.activity.models import Event
from intranet.content.files import Attachment
from intranet.content.models import Draft, Post, Space
from intranet.keeping.holdings import HIDDEN_FIELDS, Holding, counted, holdings
from intranet.notify.models import Follow, Notification
from intranet.people.models import User
from intranet.policies.disclosures.showing import shape, with_disclosures
from intranet.text.files import SCHEME

POST, ATTACHMENT = "intranet.Post.author", "intranet.Attachment.owner"
FILES = "files"
AT_ONCE = 500


def pack(person: User, reader: User, stream: IO[bytes]) -> None:
    """Write the archive about `person` for `reader` to `stream`."""
    parts = {holding.name: (holding, _seen(holding.rows(person), reader, person)) for holding in _shown()}
    with translation.override(reader.language), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        held = {name: [_facts(row) for row in rows.iterator(AT_ONCE)] for name, (_h, rows) in parts.items()}
        data: dict[str, Any] = {"person": _facts(person)} | {
            name: rows for name, rows in held.items() if rows
        }
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        archive.writestr("data.json", text)
        files = list(_files(archive, parts[ATTACHMENT][1]))
        archive.writestr("index.html", _page(person, reader, parts, data, files))


def _shown() -> Iterator[Holding]:
    return (holding for holding in holdings() if holding.shown)


def _seen(rows: QuerySet, reader: User, person: User) -> QuerySet:
    """`rows` without what `reader`, when it is not the person, may not read."""
    model = rows.model
    if model is Post:
        rows = with_disclosures(rows)
    if reader.pk == person.pk:
        return rows
    if model in (Draft, Follow, Notification):
        return rows.none()
    if model is Attachment:
        rows = rows.filter(post__author=person)
    if model in (Post, Attachment):
        seen = model._default_manager.visible_to(reader)
        return rows.filter(pk__in=seen.values("pk"))
    if model is Event:
        rows = rows.exclude(post=None, space=None)
    places = Space.objects.entered_by(reader).values("pk")
    posts = Post.objects.visible_to(reader).values("pk")
    fields = {field.name: field for field in model._meta.local_fields if isinstance(field, ForeignKey)}
    for name, field in fields.items():
        if field.related_model is Post:
            rows = rows.filter(models.Q(**{name: None}) | models.Q(**{f"{name}__in": posts}))
        elif field.related_model is Space:
            rows = rows.filter(models.Q(**{name: None}) | models.Q(**{f"{name}__in": places}))
    return rows


def _facts(row: models.Model) -> dict[str, Any]:
    """The columns of a row, without secrets; of a post also what its author said about it."""
    more = {"disclosures": [shape(each) for each in row.disclosures.all()]} if isinstance(row, Post) else {}
    return more | {
        field.attname: field.value_from_object(row)
        if not isinstance(field, models.FileField)
        else str(field.value_from_object(row))
        for field in row._meta.local_concrete_fields
        if field.name not in HIDDEN_FIELDS
    }


def _files(archive: zipfile.ZipFile, attachments: QuerySet) -> Iterator[dict[str, Any]]:
    """Put the person's files into the archive; the name and address in it of each."""
    for attachment in attachments:
        if attachment.path.exists():
            inside = f"{FILES}/{attachment.public_id}-{attachment.name}"
            archive.write(attachment.path, inside)
            yield {"name": attachment.name, "inside": inside, "id": f"{SCHEME}{attachment.public_id}"}


def _page(
    person: User,
    reader: User,
    parts: dict[str, tuple[Holding, QuerySet]],
    data: dict[str, Any],
    files: list[dict[str, Any]],
) -> str:
    counts = counted((holding, len(data[name])) for name, (holding, _rows) in parts.items() if name in data)
    posts = parts[POST][1].select_related("space", "root").order_by("-created")
    context = {
        "person": person,
        "own": person.pk == reader.pk,
        "made": timezone.now(),
        "language": reader.language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "counts": counts,
        "posts": posts,
        "files": files,
    }
    return render_to_string("keeping/takeout_index.html", context)
