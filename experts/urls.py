"""Addresses of people and of the finder."""

from django.urls import path

from experts.finder import views as finder
from experts.profiles import views as profiles

app_name = "experts"
urlpatterns = [
    path("experts/", finder.finder, name="finder"),
    path("people/<str:username>/", profiles.profile, name="profile"),
    path("people/<str:username>/edit/", profiles.edit, name="edit"),
    path("people/<str:username>/endorse/", profiles.endorsement, name="endorse"),
    path("people/<str:username>/evidence/<int:pk>/", profiles.evidence, name="evidence"),
]
