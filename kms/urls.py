"""Addresses of the knowledge manager's desk and of what it holds about each person."""

from django.urls import include, path

urlpatterns = [
    path("", include("kms.articles.urls")),
    path("km/network/", include("kms.network.urls")),
    path("", include("kms.introductions.urls")),
    path("", include("kms.survey.urls")),
    path("", include("kms.mine.urls")),
]
