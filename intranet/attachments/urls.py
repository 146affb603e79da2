"""Addresses of files."""

from django.urls import path

from intranet.attachments import views

app_name = "attachments"
urlpatterns = [
    path("", views.add, name="add"),
    path("<slug:public_id>/", views.file, name="file"),
    path("<slug:public_id>/small/", views.small, name="small"),
]
