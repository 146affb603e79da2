"""Addresses of the audit trail, of holds and requests for administrators, and of one's own data."""

from django.urls import path

from intranet.keeping import audit_views, mine_views, request_views

app_name = "keeping"

urlpatterns = [
    path("moderation/audit/", audit_views.trail, name="audit"),
    path("moderation/audit/export.csv", audit_views.export, name="audit_export"),
    path("moderation/audit/retention/", audit_views.retention, name="retention"),
    path("moderation/audit/holds/", request_views.holds, name="holds"),
    path("moderation/audit/holds/<int:pk>/", request_views.settle_hold, name="settle_hold"),
    path("moderation/audit/people/", request_views.people, name="people"),
    path("moderation/audit/people/copy/", request_views.ask_copy, name="ask_copy"),
    path("moderation/audit/people/erase/", request_views.ask_erasure, name="ask_erasure"),
    path("moderation/audit/people/erase/<int:pk>/", request_views.settle_erasure, name="settle_erasure"),
    path("me/data/", mine_views.mine, name="mine"),
    path("me/data/copy/", mine_views.ask_copy, name="ask_my_copy"),
    path("me/data/copy/<slug:public_id>/", mine_views.fetch, name="fetch"),
    path("me/data/erase/", mine_views.ask_erasure, name="ask_my_erasure"),
]
