"""Addresses of rules."""

from django.urls import path

from intranet.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("starter/", views.starter, name="starter"),
    path("tries/<int:pk>/", views.trial, name="trial"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/switch/", views.switch, name="switch"),
]
