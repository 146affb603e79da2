"""The home page: constant cost, both languages, nothing to show, and what waits."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from communities.questions.models import QuestionDetail, QuestionState
from intranet.home.places import my_communities
from intranet.home.waiting import waiting_for
from intranet.policies.acknowledging.actions import acknowledge
from intranet.policies.acknowledging.due import reading_list
from intranet.policies.actions import publish_policy
from tests.factories.cast import make_cast
from tests.home.test_feed import answer, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def waits(person):
    return [(duty.post.title, strip_tags(duty.reason.text), duty.state) for duty in waiting_for(person)]


def test_a_mention_waits_until_i_write_in_the_thread(cast):
    question = ask(cast.hiba, cast.open, source="@alex?")
    assert waits(cast.alex) == [
        ("Which limit applies?", "Hiba Zeituni mentioned you in Actuators", "waiting")
    ]
    answer(cast.alex, question)
    assert waits(cast.alex) == []


def test_my_answered_question_waits_to_be_settled(cast):
    answer(cast.alex, ask(cast.hiba, cast.open))
    QuestionDetail.objects.update(state=QuestionState.ANSWERED)
    assert waits(cast.hiba) == [
        ("Which limit applies?", "Your question has answers. Does one of them solve it?", "waiting")
    ]


def test_a_late_question_waits_for_those_who_run_the_community(cast):
    ask(cast.hiba, cast.open)
    QuestionDetail.objects.update(due=timezone.now() - timedelta(hours=1))
    expected = [("Which limit applies?", "Past its time in Actuators, which you run", "overdue")]
    assert (waits(cast.owner), waits(cast.alex)) == (expected, [])


def test_a_mention_that_i_may_not_read_does_not_wait(cast):
    ask(cast.noa, cast.secret, source="@outsider")
    assert waits(cast.outsider) == []


def test_communities_count_what_is_open_and_late(cast):
    for title in ("One", "Two", "Three"):
        ask(cast.hiba, cast.open, title=title)
    QuestionDetail.objects.filter(post__title="One").update(due=timezone.now() - timedelta(hours=1))
    QuestionDetail.objects.filter(post__title="Two").update(state=QuestionState.SOLVED)
    counted = {space.slug: (space.unanswered, space.late) for space in my_communities(cast.hiba)}
    assert counted == {"open-talk": (2, 1)}


def fill(cast, times):
    for number in range(times):
        answer(
            cast.noa, ask(cast.hiba, cast.open, title=f"Asked {number}", source="@alex", tags=[f"t{number}"])
        )
        ask(cast.alex, cast.partners, title=f"Mine {number}")


def test_home_costs_the_same_with_one_and_three_of_everything(client, cast, django_assert_max_num_queries):
    client.force_login(cast.alex)
    counts = []
    for times in (1, 2):
        fill(cast, times)
        with django_assert_max_num_queries(25) as seen:
            page = client.get("/").content.decode()
        counts.append(len(seen.captured_queries))
        assert "Asked 0" in page
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("he", "rtl")])
def test_home_speaks_the_language_of_the_person(client, cast, language, direction):
    cast.alex.language = language
    cast.alex.save()
    client.force_login(cast.alex)
    page = client.get("/").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_language_switch_is_kept_with_the_account(client, cast):
    client.force_login(cast.alex)
    client.post("/ui/language/", {"language": "he", "next": "/"})
    cast.alex.refresh_from_db()
    assert cast.alex.language == "he"
    assert '<html lang="he" dir="rtl">' in client.get("/").content.decode()


def test_somebody_without_anything_is_told_what_to_do(client, cast):
    client.force_login(cast.outsider)
    assert "Follow a community and its questions come here." in client.get("/").content.decode()


def test_the_cursor_of_somebody_else_or_nonsense_shows_the_first_page(client, cast):
    ask(cast.hiba, cast.open)
    client.force_login(cast.alex)
    assert "Which limit applies?" in client.get("/", {"cursor": "nonsense"}).content.decode()


def test_what_waits_is_not_repeated_in_the_feed(client, cast):
    ask(cast.hiba, cast.open, source="@alex")
    client.force_login(cast.alex)
    assert client.get("/").content.decode().count("Which limit applies?") == 1


def published(owner, slug, audience):
    clauses = [{"anchor": "one", "title_en": "One", "text_en": "Write as you speak."}]
    return publish_policy(
        owner=owner,
        slug=slug,
        title=slug.title(),
        clauses=clauses,
        audience=audience,
        must_acknowledge=True,
    )


def due(person):
    return sorted(version.policy.slug for version in reading_list(person))


def test_policies_wait_for_those_they_are_written_for_until_acknowledged(cast):
    for audience in ("writers", "managers", "guests", "everyone"):
        published(cast.admin, f"for-{audience}", audience)
    assert (due(cast.alex), due(cast.guest)) == (
        ["for-everyone", "for-writers"],
        ["for-everyone", "for-guests"],
    )
    cast.noa.manager = cast.alex
    cast.noa.save()
    del cast.alex.leads
    assert due(cast.alex) == ["for-everyone", "for-managers", "for-writers"]
    for version in reading_list(cast.alex):
        acknowledge(person=cast.alex, version=version)
    assert due(cast.alex) == []


@pytest.mark.parametrize(
    ("who", "desks"),
    [("alex", []), ("km", ["/km/network/"]), ("moderator", ["/moderation/"]), ("guest", [])],
)
def test_each_role_finds_its_desk_and_no_other(client, cast, who, desks):
    client.force_login(cast.people[who])
    page = client.get("/").content.decode()
    assert [
        address for address in ("/km/network/", "/moderation/", "/ui/") if f'<a href="{address}"' in page
    ] == desks
