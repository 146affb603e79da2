"""Mentions: who is meant, and who is asked about."""

import pytest

from intranet.text.render import render

PEOPLE = {"noa": "נועה תלתן", "dana.levi": "Dana Levi", "ab": "A <b>"}


def lookup(usernames):
    return {username: PEOPLE[username] for username in usernames if username in PEOPLE}


def link(username, name):
    return f'<a class="at" href="/people/{username}/"><bdi>@{name}</bdi></a>'


@pytest.mark.parametrize(
    ("source", "inner", "mentions"),
    [
        ("thanks @noa", f"thanks {link('noa', 'נועה תלתן')}", ("noa",)),
        ("ל@noa, תודה", f"ל{link('noa', 'נועה תלתן')}, תודה", ("noa",)),
        ("ל־@noa.", f"ל־{link('noa', 'נועה תלתן')}.", ("noa",)),
        ("@Dana.Levi.", f"{link('dana.levi', 'Dana Levi')}.", ("dana.levi",)),
        ("@ghost is unknown", "@ghost is unknown", ()),
        ("write to x@noa or noa@noa.com", "write to x@noa or noa@noa.com", ()),
        ("`@noa`", '<code dir="ltr">@noa</code>', ()),
        ("@ab", link("ab", "A &lt;b&gt;"), ("ab",)),
        ("[ask @noa](/t/a1/)", '<a href="/t/a1/">ask <bdi>@נועה תלתן</bdi></a>', ()),
        (
            "@dana.levi @noa @dana.levi",
            f"{link('dana.levi', 'Dana Levi')} {link('noa', 'נועה תלתן')} {link('dana.levi', 'Dana Levi')}",
            ("dana.levi", "noa"),
        ),
    ],
)
def test_mention(source, inner, mentions):
    page = render(source, names=lookup)
    assert page.html == f'<p dir="auto">{inner}</p>'
    assert page.mentions == mentions


def test_all_names_are_asked_for_at_once():
    asked = []

    def count(usernames):
        asked.append(list(usernames))
        return lookup(usernames)

    render("@noa and @dana.levi\n\n- @noa.\n\n> @ghost", names=count)
    assert asked == [["dana.levi", "ghost", "noa", "noa."]]


def test_nobody_is_asked_for_when_nobody_is_mentioned():
    def fail(usernames):
        raise AssertionError(usernames)

    assert render("plain, mail x@y.z", names=fail).mentions == ()


def test_without_a_lookup_mentions_stay_text():
    assert render("hi @noa").html == '<p dir="auto">hi @noa</p>'


GROUPS = {"c/actuators": "Actuators", "u/service-field": "Field service", "u/שירות": "שירות"}


@pytest.mark.parametrize(
    ("source", "inner", "mentions"),
    [
        (
            "for @c/actuators.",
            'for <a class="at" href="/c/actuators/"><bdi>@Actuators</bdi></a>.',
            ("c/actuators",),
        ),
        (
            "ל@u/service-field, תודה",
            'ל<a class="at" href="/u/service-field/"><bdi>@Field service</bdi></a>, תודה',
            ("u/service-field",),
        ),
        (
            "@u/שירות",
            '<a class="at" href="/u/%D7%A9%D7%99%D7%A8%D7%95%D7%AA/"><bdi>@שירות</bdi></a>',
            ("u/שירות",),
        ),
        ("@c/nowhere and a@c/actuators", "@c/nowhere and a@c/actuators", ()),
    ],
)
def test_communities_and_units_are_mentioned_by_their_addresses(source, inner, mentions):
    page = render(source, names=lambda wanted: {name: GROUPS[name] for name in wanted if name in GROUPS})
    assert page.html == f'<p dir="auto">{inner}</p>'
    assert page.mentions == mentions
