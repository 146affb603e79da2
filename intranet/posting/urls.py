"""Addresses of writing: drafts, what the composer asks for, and the history of a post."""

from django.urls import path, re_path

from intranet.posting import views
from intranet.posting.assisting import views as assisting
from intranet.posting.history import views as history

app_name = "posting"
urlpatterns = [
    path("drafts/<str:key>/", views.draft, name="draft"),
    path("writing/mentions/", assisting.mentions, name="mentions"),
    path("writing/tags/", assisting.tags, name="tags"),
    path("writing/preview/", assisting.preview, name="preview"),
    path("writing/reach/", assisting.reach, name="reach"),
    re_path(r"^u/(?P<slug>[\w.-]{1,400})/$", assisting.unit, name="unit"),
    path("p/<slug:public_id>/history/", history.history, name="history"),
]
