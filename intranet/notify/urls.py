"""Addresses of the inbox."""

from django.urls import path

from intranet.notify import views

app_name = "notify"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("bell/", views.bell, name="bell"),
    path("seen/", views.see_all, name="see_all"),
    path("<int:pk>/", views.opened, name="opened"),
    path("follow/t/<slug:public_id>/", views.follow_thread, name="follow"),
    path("follow/c/<slug:slug>/", views.follow_space, name="follow_space"),
]
