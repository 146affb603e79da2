"""Addresses of writing: drafts, what the composer asks for, and the history of a post."""

from django.urls import path

from intranet.posting import views

app_name = "posting"
urlpatterns = [path("drafts/<str:key>/", views.draft, name="draft")]
