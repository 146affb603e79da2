"""Addresses of surveys."""

from django.urls import path

from kms.survey import views

app_name = "survey"
urlpatterns = [
    path("km/network/surveys/", views.desk, name="desk"),
    path("network/surveys/", views.mine, name="mine"),
    path("network/surveys/<int:pk>/", views.take, name="take"),
    path("network/surveys/<int:pk>/agree/", views.agree, name="agree"),
    path("network/surveys/<int:pk>/answer/", views.answer, name="answer"),
    path("network/surveys/<int:pk>/take-back/", views.take_back, name="take_back"),
]
