"""What every answer carries: a policy, privacy, a request id."""

import json
import logging

import pytest
from django.test import Client

from tests.factories.cast import person

STRICT = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}


def policy(answer: object) -> set[str]:
    return set(answer.headers["Content-Security-Policy"].split("; "))


@pytest.mark.django_db
def test_pages_have_the_strict_policy_and_the_editors_desk_its_own(client: Client) -> None:
    assert policy(client.get("/accounts/login/")) >= STRICT
    assert "script-src 'self' 'unsafe-inline'" in policy(client.get("/cms/login/"))


@pytest.mark.django_db
def test_no_cache_keeps_what_a_signed_in_person_sees(client: Client) -> None:
    client.force_login(person("noa"))
    for path in ("/accounts/password/change/", "/no-such-page/"):
        assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_no_cache_keeps_what_a_token_sees(client: Client) -> None:
    answer = client.get("/healthz", headers={"Authorization": "Bearer x"})
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("given", "kept"), [("abcd-1234-efgh", True), ("no spaces\there", False), ("x" * 65, False)]
)
def test_a_request_id_is_taken_over_when_it_is_one(client: Client, given: str, kept: bool) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is kept
    assert len(answer.headers["X-Request-ID"]) >= 8


@pytest.mark.django_db
def test_the_log_has_a_line_for_a_request_but_not_what_was_asked(client: Client) -> None:
    lines: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = lines.append
    logger = logging.getLogger("kesher.request")
    logger.addHandler(handler)
    try:
        answer = client.get("/search/?q=my+illness")
    finally:
        logger.removeHandler(handler)
    (line,) = lines
    assert {"method": "GET", "path": "/search/", "status": answer.status_code}.items() <= line.msg.items()
    assert line.msg["request_id"] == answer.headers["X-Request-ID"]
    assert "illness" not in json.dumps(line.msg)


def test_a_static_file_comes_whole_or_in_the_range_asked_for(settings) -> None:
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True  # from where it lies
    client = Client()
    whole = client.get("/static/css/site.css")
    part = client.get("/static/css/site.css", headers={"Range": "bytes=3-9"})
    assert (whole.status_code, whole.streaming, whole["Content-Type"]) == (
        200,
        False,
        'text/css; charset="utf-8"',
    )
    assert (part.status_code, part.content) == (206, whole.content[3:10])
    assert client.head("/static/css/site.css").content == b""
