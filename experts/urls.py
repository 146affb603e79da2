"""Addresses of people and of the finder."""

from django.urls import path, re_path

from experts.finder import views as finder
from experts.profiles import views as profiles

PERSON = "(?P<username>[a-z0-9][a-z0-9._-]*)"
"""A username, as `people.models.USERNAME` has it."""

app_name = "experts"
urlpatterns = [
    path("experts/", finder.finder, name="finder"),
    re_path(f"^people/{PERSON}/$", profiles.profile, name="profile"),
    re_path(f"^people/{PERSON}/edit/$", profiles.edit, name="edit"),
    re_path(f"^people/{PERSON}/endorse/$", profiles.endorsement, name="endorse"),
    re_path(rf"^people/{PERSON}/evidence/(?P<pk>\d{{1,18}})/$", profiles.evidence, name="evidence"),
]
