"""Addresses of drafts."""

from django.urls import path

from intranet.posting import views

app_name = "posting"
urlpatterns = [path("<str:key>/", views.draft, name="draft")]
