"""Addresses of articles."""

from django.urls import path

from kms.articles import views

app_name = "articles"
urlpatterns = [
    path("articles/", views.index, name="index"),
    path("articles/from/<slug:public_id>/", views.promote, name="promote"),
    path("articles/<slug:key>/", views.article, name="article"),
    path("articles/<slug:key>/edit/", views.edit, name="edit"),
    path("articles/<slug:key>/remark/", views.remark, name="remark"),
    path("articles/<slug:key>/verify/", views.verify, name="verify"),
]
