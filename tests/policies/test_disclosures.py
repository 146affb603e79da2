"""Disclosures as data: details, mandates, rules that ask for one; where they are shown and found."""

import pytest
from django.urls import reverse

from blogs import actions as blogging
from blogs.roots import open_blog
from communities.questions import actions as questions
from intranet.access.verdict import Refused
from intranet.content.models import Post, Tag
from intranet.people.models import ApiToken, OrgUnit
from intranet.policies.actions import publish_policy
from intranet.policies.disclosing import replace_disclosures, said_about
from intranet.policies.disclosures.mandates import end, give
from intranet.policies.disclosures.models import Disclosure, Mandate, Requirement
from intranet.search.indexing import index_posts
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def asked(author, space, *disclosures, title="Which grease?", source="", tags=()):
    return questions.ask(
        author=author, space=space, title=title, source=source, tags=tags, disclosures=disclosures
    ).post


def said(post):
    return sorted(str(each) for each in post.disclosures.select_related("unit", "leader"))


def test_each_kind_carries_its_details(cast):
    post = asked(cast.alex, cast.open, "outside=DIN 3990", "ai_assisted", "!interest", "role=line owner")
    assert said(post) == [
        "From an outside source: DIN 3990",
        "Has no interest in this",
        "Speaks from their role: line owner",
        "Written with AI help",
    ]


@pytest.mark.parametrize("line", ["horoscope", "!horoscope", "=x", ""])
def test_an_unknown_kind_is_refused_and_nothing_is_stored(cast, line):
    with pytest.raises(Refused) as refused:
        asked(cast.alex, cast.open, line)
    assert refused.value.verdict.code == "bad_disclosure"
    assert (Post.objects.count(), Disclosure.objects.count()) == (0, 0)


def test_nobody_speaks_for_a_unit_without_a_mandate(cast):
    with pytest.raises(Refused, match="Nobody has given you a mandate"):
        asked(cast.alex, cast.open, "on_behalf=Lab")
    assert Post.objects.count() == 0


@pytest.mark.parametrize("name", ["Lab", "מעבדה", "R&D/Lab", "lab", ""])
def test_a_mandate_names_the_unit_in_any_of_its_names(cast, name):
    lab = OrgUnit.objects.get(name="Lab")
    give(giver=cast.admin, person=cast.hiba, unit=lab)
    post = asked(cast.hiba, cast.open, f"on_behalf={name}" if name else "on_behalf")
    assert said(post) == ["On behalf of Lab"]
    assert said_about(post) == ["on_behalf=R&D/Lab"]


def test_a_mandate_ends_and_what_was_written_under_it_stays(cast):
    mandate = give(giver=cast.admin, person=cast.hiba, leader=cast.owner)
    post = asked(cast.hiba, cast.open, "on_behalf=owner")
    end(giver=cast.admin, mandate=mandate)
    assert said(post) == ["On behalf of Omer Vardan"]
    with pytest.raises(Refused, match="Nobody has given you"):
        asked(cast.hiba, cast.open, "on_behalf=owner", title="Again?")
    replace_disclosures(post, said_about(post))
    assert said(post) == ["On behalf of Omer Vardan"]


def test_a_leader_gives_mandates_for_the_own_unit_and_for_no_other(cast):
    cast.noa.manager = cast.owner
    cast.noa.save()
    lab, field = OrgUnit.objects.get(name="Lab"), OrgUnit.objects.get(name="Field service")
    give(giver=cast.owner, person=cast.alex, unit=lab)
    give(giver=cast.owner, person=cast.alex, unit=lab, note="announcements")
    assert [each.note for each in Mandate.objects.all()] == ["announcements"]
    for target in ({"unit": field}, {"leader": cast.km}):
        with pytest.raises(Refused, match="Only who leads"):
            give(giver=cast.owner, person=cast.alex, **target)
    with pytest.raises(Refused, match="Only who leads"):
        give(giver=cast.alex, person=cast.hiba, unit=lab)


def test_a_page_gives_and_ends_mandates_and_shows_others_only_their_own(cast, client):
    client.force_login(cast.admin)
    lab = OrgUnit.objects.get(name="Lab")
    form = {"person": "hiba", "unit": lab.pk, "leader": "", "until": "", "note": ""}
    assert client.post(reverse("policies:mandates"), form).status_code == 302
    assert client.post(reverse("policies:mandates"), form | {"leader": "km"}).status_code == 422
    mandate = Mandate.objects.get()
    for who, sees in ((cast.hiba, True), (cast.outsider, False)):
        client.force_login(who)
        assert ("Hiba Zeituni for" in _plain(client.get(reverse("policies:mandates")))) is sees
    stranger = client.post(reverse("policies:end_mandate", args=[mandate.pk]))
    assert (stranger.status_code, Mandate.objects.holding().count()) == (404, 1)
    client.force_login(cast.admin)
    client.post(reverse("policies:end_mandate", args=[mandate.pk]))
    assert Mandate.objects.holding().count() == 0


def _plain(answer) -> str:
    return answer.content.decode().replace("<bdi>", "").replace("</bdi>", "")


RULES = {
    "community": lambda cast: {"space": cast.open},
    "topic": lambda cast: {"tag": Tag.objects.get_or_create(slug="seals", defaults={"name": "Seals"})[0]},
    "word": lambda cast: {"words": "אטם, seal"},
    "role": lambda cast: {"role": "employee"},
}


@pytest.mark.parametrize("by", RULES)
def test_a_rule_asks_and_the_text_is_kept(cast, client, by):
    Requirement.objects.create(
        kind="interest", made_by=cast.admin, why="Suppliers read here.", **RULES[by](cast)
    )
    client.force_login(cast.alex)
    form = {
        "title": "Which seal?",
        "source": "The old seal leaks.",
        "tags": "Seals",
        "client_token": "t" * 20,
    }
    address = reverse("communities:ask", args=[cast.open.slug])
    refused = client.post(address, form)
    text = refused.content.decode()
    assert (refused.status_code, Post.objects.count()) == (422, 0)
    assert ("The old seal leaks." in text, "Suppliers read here." in text) == (True, True)
    assert 'value="!interest"' in text
    assert client.post(address, form | {"disclosures": ["!interest"]}).status_code == 302
    assert said(Post.objects.get()) == ["Has no interest in this"]


def test_a_rule_holds_only_where_all_its_conditions_do(cast):
    Requirement.objects.create(kind="interest", made_by=cast.admin, space=cast.open, words="seal, מחיר")
    asked(cast.alex, cast.open, title="Which grease?")
    asked(cast.alex, cast.request, title="Which seal?")
    with pytest.raises(Refused) as refused:
        asked(cast.alex, cast.open, title="למה המחירים עלו?")
    assert (refused.value.verdict.code, refused.value.verdict.detail["kind"]) == (
        "disclosure_missing",
        "interest",
    )


def test_a_rule_names_its_clause_and_ends(cast):
    publish_policy(
        owner=cast.admin,
        slug="disclosures",
        title="Disclosures",
        clauses=[{"anchor": "interest", "title_en": "An interest", "text_en": "Say so."}],
    )
    rule = Requirement.objects.create(kind="interest", made_by=cast.admin, space=cast.open)
    with pytest.raises(Refused) as refused:
        asked(cast.alex, cast.open)
    assert refused.value.verdict.detail["url"] == "/policies/disclosures/#interest"
    rule.ended_at = rule.made_at
    rule.save()
    asked(cast.alex, cast.open)


def test_answers_and_comments_are_asked_as_well(cast, client):
    post = asked(cast.noa, cast.open)
    Requirement.objects.create(kind="ai_assisted", made_by=cast.admin, space=cast.open)
    bearer = {"Authorization": f"Bearer {ApiToken.issue(cast.alex, 'test')}"}
    send = {"path": f"/api/v1/threads/{post.public_id}/replies", "content_type": "application/json"}
    refused = client.post(**send, data={"source": "This one."}, headers=bearer)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "disclosure_missing")
    given = {"source": "This one.", "disclosures": ["ai_assisted=wording"]}
    answer = client.post(**send, data=given, headers=bearer)
    assert answer.status_code == 201
    comment = {"source": "And?", "parent": answer.json()["id"]}
    assert client.post(**send, data=comment, headers=bearer).status_code == 422
    assert (
        client.post(**send, data=comment | {"disclosures": ["!ai_assisted"]}, headers=bearer).status_code
        == 201
    )
    shown = client.get(f"/api/v1/threads/{post.public_id}", headers=bearer).json()
    assert [each["disclosures"] for each in shown["replies"]["items"]] == [
        [{"kind": "ai_assisted", "text": "wording", "denied": False, "unit": None, "leader": None}],
        [{"kind": "ai_assisted", "text": "", "denied": True, "unit": None, "leader": None}],
    ]


def test_they_stand_on_the_post_in_the_feed_and_in_search(cast, client):
    give(giver=cast.admin, person=cast.hiba, unit=OrgUnit.objects.get(name="Lab"))
    post = asked(cast.hiba, cast.open, "on_behalf=Lab", "outside=DIN 3990")
    asked(cast.noa, cast.open, "!outside", title="Which grease again?")
    secret = asked(cast.noa, cast.secret, "outside=a leak", title="Which grease in secret?")
    index_posts(list(Post.objects.values_list("pk", flat=True)))
    client.force_login(cast.alex)
    for address in (post.get_absolute_url(), "/"):
        text = _plain(client.get(address))
        assert ("On behalf of Lab" in text, "From an outside source: DIN 3990" in text) == (True, True)
    client.force_login(cast.outsider)
    for address in ("/search/?q=grease&disclosure=outside", "/search/?disclosure=outside"):
        text = client.get(address).content.decode()
        assert (text.count(f"/t/{post.public_id}/"), secret.public_id in text, "again?" in text) == (
            1,
            False,
            False,
        )


def test_owners_write_the_rules(cast, client):
    form = {"kind": "interest", "space": "", "tag": "", "words": "", "role": "guest", "why": "", "why_he": ""}
    client.force_login(cast.alex)
    assert client.post(reverse("policies:requirements"), form).status_code == 403
    client.force_login(cast.admin)
    assert client.post(reverse("policies:requirements"), form | {"role": ""}).status_code == 422
    assert client.post(reverse("policies:requirements"), form).status_code == 302
    rule = Requirement.objects.get()
    assert client.post(reverse("policies:end_requirement", args=[rule.pk])).status_code == 302
    assert Requirement.objects.filter(ended_at=None).count() == 0


def test_a_blog_post_for_a_unit_needs_the_mandate(cast, client):
    lab = OrgUnit.objects.get(name="Lab")
    blog = open_blog(owner=cast.hiba, name="Hiba", name_he="")
    text = blogging.EntryText(title="From the lab", source="We moved.", on_behalf_of=lab)
    page = blogging.save_draft(author=cast.hiba, blog=blog, key="k" * 12, text=text, version=0)
    with pytest.raises(Refused, match="mandate"):
        blogging.publish(author=cast.hiba, page=page)
    give(giver=cast.admin, person=cast.hiba, unit=lab)
    assert said(blogging.publish(author=cast.hiba, page=page)) == ["On behalf of Lab"]


def test_a_missing_disclosure_is_a_reason_to_flag(cast, client):
    publish_policy(
        owner=cast.admin,
        slug="disclosures",
        title="Disclosures",
        clauses=[{"anchor": "interest", "title_en": "An interest", "text_en": "Say so."}],
    )
    bare = asked(cast.noa, cast.open)
    told = asked(cast.noa, cast.open, "interest=we make it", title="And this one?")
    Requirement.objects.create(kind="interest", made_by=cast.admin, space=cast.open)
    client.force_login(cast.alex)
    texts = [client.get(f"/moderation/flag/{post.public_id}/").content.decode() for post in (bare, told)]
    assert ["Flag it for that" in text for text in texts] == [True, False]
    chosen = client.get(f"/moderation/flag/{bare.public_id}/?clause=disclosures%23interest").content.decode()
    assert '<option value="disclosures#interest" selected>' in chosen
