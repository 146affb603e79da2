"""What stands in a community beside its threads goes along when it is merged, and comes back when that is taken back."""

from __future__ import annotations

import pytest

from communities.canned.actions import save_canned
from communities.canned.models import Canned
from communities.charters.models import Charter
from communities.inviting.models import UnitRule
from communities.inviting.rules import add_rule, apply_rules
from communities.joining.entering import part
from communities.merging import actions as merging
from communities.merging.models import Merger
from communities.merging.reading import prospect
from communities.openings.actions import save_opening
from communities.openings.models import Opening
from communities.questions import actions as questions
from intranet.activity.readers import catch_up_all
from intranet.content.models import Membership, Post, Space
from intranet.people.models import OrgUnit
from intranet.search.searching import search
from kms.articles import actions as articles
from kms.articles.models import ArticlePage
from kms.articles.remarks import remark
from tests.factories import threads as make
from tests.factories.cast import person, space


@pytest.fixture
def gears(cast) -> Space:
    """The receiving community, which Hiba owns."""
    return space("gears", owner=cast.hiba, name="Gears")


def merge(cast, gears: Space) -> Merger:
    proposed = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    return merging.answer(actor=cast.hiba, merger=proposed, accept=True)


def article(cast, title: str) -> ArticlePage:
    """The draft of an article that the owner of the source makes."""
    asked = make.question(cast.noa, cast.partners, title=title)
    answer = make.answer(cast.alex, asked, "The red one.")
    questions.accept(actor=cast.noa, question=asked, answer=answer)
    return articles.promote(actor=cast.owner, answer=answer)


def names(model, place: Space) -> set[str]:
    return set(model.objects.filter(space=place).values_list("name", flat=True))


def test_articles_their_comments_and_drafts_go_along_and_come_back(cast, gears, sign_in):
    page, draft = article(cast, "Which grease?"), article(cast, "Which seal?")
    post = articles.publish(actor=cast.owner, page=page)
    said = remark(author=cast.alex, page=ArticlePage.objects.get(pk=page.pk), source="It melts.", doubts=True)
    assert prospect(cast.partners, gears).belongings["articles"] == 2
    merger = merge(cast, gears)
    assert (merger.state, merger.carried, merger.total) == ("done", 3, 3)
    assert set(ArticlePage.objects.values_list("space__slug", flat=True)) == {"gears"}
    stands = Post.objects.filter(pk__in=[post.pk, said.post.pk]).order_by("pk")
    assert list(stands.values_list("space__slug", "kind", "parent")) == [
        ("gears", "article", None),
        ("gears", "comment", post.pk),
    ]
    shown = sign_in(cast.outsider).get(f"/articles/{page.key}/").content.decode()
    assert "/c/gears/" in shown and "It melts." in shown and "/c/partners/" not in shown
    catch_up_all()
    assert post.pk in [each.post_id for each in search(cast.outsider, "grease", community="gears").items]
    assert sign_in(cast.hiba).get(f"/articles/{draft.key}/").status_code == 200
    articles.publish(actor=cast.owner, page=ArticlePage.objects.get(pk=page.pk))
    merging.take_back(actor=cast.hiba, merger=merger)
    assert set(ArticlePage.objects.values_list("space__slug", flat=True)) == {"partners"}
    post.refresh_from_db()
    assert (post.space.slug, post.reply_count) == ("partners", 1)
    assert sign_in(cast.hiba).get(f"/articles/{draft.key}/").status_code == 404


def test_ready_answers_and_templates_go_along_under_a_name_of_their_own(cast, gears):
    for place, who in ((cast.partners, cast.owner), (gears, cast.hiba)):
        save_canned(actor=who, space=place, name="Cold", body=f"From {place.slug}.")
        save_opening(actor=who, space=place, kind="question", name="Fault", title=place.slug)
    save_opening(actor=cast.hiba, space=gears, kind="idea", name="Spare part")
    save_opening(actor=cast.owner, space=cast.partners, kind="question", name="Spare part")
    merger = merge(cast, gears)
    assert names(Canned, gears) == {"Cold", "Cold (Partners)"}
    assert names(Opening, gears) == {"Fault", "Fault (Partners)", "Spare part"}
    assert Canned.objects.get(name="Cold (Partners)").body == "From partners."
    assert Opening.objects.filter(space=gears, name="Spare part").count() == 2
    assert not names(Canned, cast.partners) | names(Opening, cast.partners)
    save_canned(
        actor=cast.hiba,
        space=gears,
        name="Very cold",
        body="Changed since.",
        canned=Canned.objects.get(name="Cold (Partners)"),
    )
    merging.take_back(actor=cast.hiba, merger=merger)
    assert (names(Canned, cast.partners), names(Canned, gears)) == ({"Very cold"}, {"Cold"})
    assert names(Opening, cast.partners) == {"Fault", "Spare part"}


def test_a_rule_by_unit_goes_on_in_the_new_community_and_forces_nobody_back(cast, gears):
    field = OrgUnit.objects.get(path="Service/Field")
    add_rule(actor=cast.owner, space=cast.partners, unit=field, leaves_with_unit=True)
    part(cast.partners, cast.former, by=cast.former)
    assert prospect(cast.partners, gears).belongings["unit_rules"] == 1
    merger = merge(cast, gears)
    newcomer = person("newcomer", "employee", unit=field)
    apply_rules()
    inside = Membership.objects.filter(space=gears)
    assert inside.filter(person=newcomer).exists() and inside.filter(person=cast.outsider).exists()
    assert not inside.filter(person=cast.former).exists()
    cast.outsider.unit = OrgUnit.objects.get(path="R&D/Lab")
    cast.outsider.save()
    apply_rules()
    assert not inside.filter(person=cast.outsider).exists()
    merging.take_back(actor=cast.hiba, merger=merger)
    assert list(UnitRule.objects.values_list("space__slug", flat=True)) == ["partners"]


def test_parts_stand_beside_a_target_that_is_a_part_itself_and_come_back(cast, gears):
    Charter.objects.filter(space=cast.request).update(parent=cast.partners)
    Charter.objects.filter(space=gears).update(parent=cast.open)
    merger = merge(cast, gears)
    assert Charter.objects.get(space=cast.request).parent == cast.open
    merging.take_back(actor=cast.hiba, merger=merger)
    assert Charter.objects.get(space=cast.request).parent == cast.partners


def test_a_community_that_becomes_part_of_its_own_part_leaves_that_standing_by_itself(cast, gears):
    Charter.objects.filter(space__in=[cast.request, gears]).update(parent=cast.partners)
    merger = merge(cast, gears)
    assert Charter.objects.get(space=gears).parent is None
    assert Charter.objects.get(space=cast.request).parent == gears
    merging.take_back(actor=cast.hiba, merger=merger)
    parents = Charter.objects.filter(space__in=[cast.request, gears]).values_list("parent__slug", flat=True)
    assert set(parents) == {"partners"}


def test_the_proposal_says_what_goes_along(cast, gears, sign_in):
    save_canned(actor=cast.owner, space=cast.partners, name="Cold", body="Zero it warm.")
    article(cast, "Which grease?")
    page = sign_in(cast.owner).get("/c/partners/merge/?into=gears").content.decode()
    assert "<dt>Ready answers</dt><dd>1</dd>" in page
    assert "<dt>Articles and their drafts</dt><dd>1</dd>" in page
    assert "Templates</dt>" not in page
