"""Addresses of the network report."""

from django.urls import path

from kms.network import file_views, forum_views, source_views, views

app_name = "network"
urlpatterns = [
    path("", views.newest, name="newest"),
    path("ask/", views.ask, name="ask"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("sources/", source_views.sources, name="sources"),
    path("forums/", forum_views.forums, name="forums"),
    path("forums/<slug:slug>/", forum_views.forum, name="forum"),
    path("forums/<slug:slug>/count/", forum_views.count, name="forum-count"),
    path("forums/<slug:slug>/ask/", forum_views.ask, name="forum-ask"),
    path("forums/<slug:slug>/decide/", forum_views.decide, name="forum-decide"),
    path("requests/", views.requests, name="requests"),
    path("requests/<int:pk>/", views.decide, name="decide"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/pair/", views.pair, name="pair"),
    path("<int:pk>/people/", views.people, name="people"),
    path("<int:pk>.json", file_views.as_json, name="json"),
    path("<int:pk>.csv", file_views.as_csv, name="csv"),
    path("<int:pk>.graphml", file_views.as_graph, {"form": "graphml"}, name="graphml"),
    path("<int:pk>.gexf", file_views.as_graph, {"form": "gexf"}, name="gexf"),
]
