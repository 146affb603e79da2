"""Addresses of communities, threads and posts."""

from django.urls import path

from communities.asking import views as asking
from communities.canned import views as canned
from communities.charters import views as charters
from communities.doors import views as doors
from communities.inviting import views as inviting
from communities.joining import views as joining
from communities.merging import views as merging
from communities.moving import views as moving
from communities.offering import views as offering
from communities.openings import views as openings
from communities.pinning import views as pinning
from communities.polls import views as polls
from communities.promises import views as promises
from communities.questions import views as questions
from communities.queues import views as queues
from communities.reporting import views as reporting
from communities.reviewing import views as reviewing
from communities.roles import views as roles
from communities.standing import views as standing
from communities.suggesting import views as suggesting
from communities.threads import deed_views, edit_views, menu
from communities.threads import views as threads

app_name = "communities"
urlpatterns = [
    path("c/", charters.index, name="index"),
    path("communities/", threads.old_list),
    path("communities/open/", charters.open_new, name="open"),
    path("invitations/", inviting.invitations, name="invitations"),
    path("join/<str:token>/", doors.by_link, name="by_link"),
    path("c/<slug:slug>/", charters.community, name="community"),
    path("c/<slug:slug>/about/", charters.about, name="about"),
    path("c/<slug:slug>/charter/", charters.edit, name="edit_charter"),
    path("c/<slug:slug>/review/", reviewing.review, name="review"),
    path("c/<slug:slug>/reopen/", reviewing.reopen, name="reopen"),
    path("c/<slug:slug>/merge/", merging.propose, name="propose"),
    path("c/<slug:slug>/merges/", merging.proposals, name="merges"),
    path("mergers/<slug:public_id>/", merging.merger, name="merger"),
    path("c/<slug:slug>/health/", reporting.health, name="health"),
    path("c/<slug:slug>/pins/", pinning.pins, name="pins"),
    path("c/<slug:slug>/templates/", openings.openings, name="openings"),
    path("c/<slug:slug>/members/", joining.members, name="members"),
    path("c/<slug:slug>/members/remove/", joining.remove, name="remove_member"),
    path("c/<slug:slug>/members/role/", roles.give, name="give_role"),
    path("c/<slug:slug>/requests/", joining.queue, name="requests"),
    path("c/<slug:slug>/experts/", roles.experts, name="experts"),
    path("c/<slug:slug>/experts/decide/", roles.decide, name="decide_expert"),
    path("c/<slug:slug>/invite/", inviting.invite, name="invite"),
    path("c/<slug:slug>/invite/people/", inviting.people, name="found_people"),
    path("c/<slug:slug>/invite/take-back/", inviting.take_back, name="take_back_invitation"),
    path("c/<slug:slug>/links/", doors.link_list, name="links"),
    path("c/<slug:slug>/members/list/", doors.add_list, name="add_list"),
    path("c/<slug:slug>/units/", doors.rule_list, name="rules"),
    path("c/<slug:slug>/not-for-me/", suggesting.not_for_me, name="not_for_me"),
    path("c/<slug:slug>/join/", joining.join, name="join"),
    path("c/<slug:slug>/join/take-back/", joining.take_back, name="take_back_request"),
    path("c/<slug:slug>/leave/", joining.leave, name="leave"),
    path("c/<slug:slug>/ask/", questions.ask, name="ask"),
    path("c/<slug:slug>/asked/", asking.asked, name="asked"),
    path("c/<slug:slug>/ready-answers/", canned.canned, name="canned"),
    path("sealed/", asking.mine, name="sealed_mine"),
    path("sealed/requests/", asking.waiting, name="sealed_waiting"),
    path("sealed/requests/<slug:public_id>/", asking.one, name="sealed_one"),
    path("t/<slug:public_id>/open-name/", asking.ask_to_open, name="sealed_ask"),
    path("c/<slug:slug>/start/", questions.start, name="start"),
    path("c/<slug:slug>/queues/", queues.of_community, name="queues"),
    path("c/<slug:slug>/promise/", promises.promise, name="promise"),
    path("c/<slug:slug>/promise/hours/", promises.hours, name="promise_hours"),
    path("c/<slug:slug>/promise/rota/", promises.rota, name="promise_rota"),
    path("c/<slug:slug>/promise/swap/", promises.swap, name="promise_swap"),
    path("c/<slug:slug>/promise/misses/<slug:public_id>/", promises.explain, name="promise_explain"),
    path("queues/", queues.mine, name="my_queues"),
    path("ask/", questions.choose, name="choose"),
    path("t/<slug:public_id>/", threads.thread, name="thread"),
    path("t/<slug:public_id>/deed/", deed_views.deed, name="deed"),
    path("t/<slug:public_id>/state/", standing.state, name="state"),
    path("t/<slug:public_id>/urgent/", standing.urgent, name="urgent"),
    path("t/<slug:public_id>/pin/", pinning.pin_thread, name="pin"),
    path("p/<slug:public_id>/", threads.to_post, name="post"),
    path("p/<slug:public_id>/more/", menu.more, name="more"),
    path("p/<slug:public_id>/reply/", threads.reply, name="reply"),
    path("p/<slug:public_id>/edit/", edit_views.edit, name="edit"),
    path("p/<slug:public_id>/remove/", deed_views.withdraw, name="withdraw"),
    path("p/<slug:public_id>/arrange/", moving.arrange, name="arrange"),
    path("p/<slug:public_id>/split/", moving.split, name="split"),
    path("p/<slug:public_id>/convert/", moving.convert, name="convert"),
    path("t/<slug:public_id>/move/", moving.move, name="move"),
    path("t/<slug:public_id>/merge/", moving.merge, name="merge"),
    path("t/<slug:public_id>/poll/", polls.poll, name="poll"),
    path("t/<slug:public_id>/poll/vote/", polls.vote, name="poll_vote"),
    path("t/<slug:public_id>/poll/close/", polls.close, name="poll_close"),
    path("surgeries/<slug:public_id>/undo/", moving.undo, name="undo"),
    path("offers/", offering.waiting, name="offers"),
    path("offers/<slug:public_id>/", offering.offer, name="offer"),
]
