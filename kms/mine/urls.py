"""Addresses of my network."""

from django.urls import path

from kms.mine import views

app_name = "mine"
urlpatterns = [
    path("network/mine/", views.network, name="network"),
    path("network/mine/choice/", views.set_choice, name="choice"),
    path("network/mine.json", views.copy, name="copy"),
    path("network/about/", views.about, name="about"),
]
