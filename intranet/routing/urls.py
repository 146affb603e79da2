"""Addresses of this room."""

from django.urls import path

from intranet.routing import views

app_name = "routing"
urlpatterns = [path("who/", views.candidates, name="who")]
