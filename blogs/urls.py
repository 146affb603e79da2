"""Addresses of blogs. `blogs.roots.TAKEN` holds the words that no blog can have as its address."""

from django.urls import path

from blogs import views, writing

app_name = "blogs"
urlpatterns = [
    path("", views.index, name="index"),
    path("write/", writing.write, name="write"),
    path("drafts/", writing.drafts, name="drafts"),
    path("drafts/<slug:key>/", writing.draft, name="draft"),
    path("p/<slug:public_id>/", views.post, name="post"),
    path("p/<slug:public_id>/edit/", writing.edit, name="edit"),
    path("p/<slug:public_id>/preview/", writing.preview, name="preview"),
    path("p/<slug:public_id>/discard/", writing.discard, name="discard"),
    path("p/<slug:public_id>/thank/", views.thank, name="thank"),
    path("<slug:slug>/", views.blog, name="blog"),
]
