"""Addresses of the frame itself: the gallery, the language switch, all places in one list."""

from django.urls import path

from intranet.ui import views

app_name = "ui"

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("language/", views.switch_language, name="language"),
    path("more/", views.more, name="more"),
]
