"""Addresses of the frame itself."""

from django.urls import path

from intranet.ui import gallery, language

app_name = "ui"

urlpatterns = [
    path("language/", language.switch, name="language"),
    path("ui/", gallery.show, name="gallery"),
]
