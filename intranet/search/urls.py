"""Addresses of search."""

from django.urls import path

from intranet.search import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("similar/", views.similar_threads, name="similar"),
]
