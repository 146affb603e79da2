"""Addresses of moderation."""

from django.urls import path

from intranet.moderation import views

app_name = "moderation"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("flag/<slug:public_id>/", views.flag, name="flag"),
    path("case/<slug:public_id>/", views.case, name="case"),
    path("case/<slug:public_id>/claim/", views.claim, name="claim"),
    path("lock/<slug:public_id>/", views.lock, name="lock"),
    path("unlock/<slug:public_id>/", views.unlock, name="unlock"),
]
