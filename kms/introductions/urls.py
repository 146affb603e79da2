"""Addresses of introductions."""

from django.urls import path

from kms.introductions import views

app_name = "introductions"
urlpatterns = [
    path("km/network/introductions/", views.desk, name="desk"),
    path("km/network/introductions/find/", views.find, name="find"),
    path("km/network/introductions/<int:pk>/", views.ask, name="ask"),
    path("network/introductions/", views.mine, name="mine"),
    path("network/introductions/<int:pk>/answer/", views.answer, name="answer"),
    path("network/introductions/<int:pk>/meet/", views.meet, name="meet"),
    path("network/introductions/<int:pk>/meeting.ics", views.calendar, name="calendar"),
]
