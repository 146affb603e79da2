"""Addresses of moderation."""

from django.urls import path

from intranet.moderation.appeals import views as appeals
from intranet.moderation.cases import views as cases
from intranet.moderation.locking import views as locking
from intranet.moderation.standing import looking
from intranet.moderation.standing import views as standing

app_name = "moderation"
urlpatterns = [
    path("", cases.queue, name="queue"),
    path("flag/<slug:public_id>/", cases.flag, name="flag"),
    path("case/<slug:public_id>/", cases.case, name="case"),
    path("case/<slug:public_id>/claim/", cases.claim, name="claim"),
    path("case/<slug:public_id>/step/", cases.step, name="step"),
    path("decisions/<int:pk>/undo/", cases.undo, name="undo"),
    path("lock/<slug:public_id>/", locking.lock, name="lock"),
    path("unlock/<slug:public_id>/", locking.unlock, name="unlock"),
    path("locks/", locking.all_locks, name="locks"),
    path("locks/<int:pk>/", locking.notice, name="lock_notice"),
    path("locks/<int:pk>/release/", locking.release, name="release"),
    path("locks/<int:pk>/appeal/", appeals.appeal_lock, name="appeal_lock"),
    path("places/<slug:slug>/", standing.place, name="place"),
    path("places/<slug:slug>/lock/", locking.lock_place, name="lock_place"),
    path("places/<slug:slug>/look-first/", standing.look_first, name="look_first"),
    path("pages/<int:pk>/lock/", locking.lock_page, name="lock_page"),
    path("held/", looking.waiting, name="held"),
    path("held/<slug:public_id>/", looking.look, name="look"),
    path("held/<slug:public_id>/change/", looking.look_at_change, name="look_at_change"),
    path("waits/<slug:public_id>/", looking.waits, name="waits"),
    path("reopen/<slug:public_id>/", standing.reopen, name="reopen"),
    path("mine/", appeals.mine, name="mine"),
    path("decisions/<int:pk>/", appeals.notice, name="notice"),
    path("decisions/<int:pk>/appeal/", appeals.appeal_decision, name="appeal_decision"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<slug:public_id>/", appeals.one, name="appeal"),
    path("fairness/", appeals.fairness, name="fairness"),
]
