"""Addresses of the network report."""

from django.urls import path

from kms.network import views

app_name = "network"
urlpatterns = [
    path("", views.newest, name="newest"),
    path("ask/", views.ask, name="ask"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>.json", views.as_json, name="json"),
    path("<int:pk>.csv", views.as_csv, name="csv"),
]
