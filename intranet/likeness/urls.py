"""Addresses of likeness."""

from django.urls import path

from intranet.likeness import views

app_name = "likeness"
urlpatterns = [
    path("", views.index, name="index"),
    path("switch/", views.set_on, name="switch"),
]
