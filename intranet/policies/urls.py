"""Addresses of policies."""

from django.urls import path

from intranet.policies import views

app_name = "policies"
urlpatterns = [
    path("", views.index, name="index"),
    path("desk/", views.desk, name="desk"),
    path("p/<slug:public_id>/", views.post, name="post"),
    path("<slug:slug>/", views.policy, name="policy"),
    path("<slug:slug>/acknowledge/", views.acknowledge, name="acknowledge"),
]
