"""Addresses of this room."""

app_name = "network"
urlpatterns: list = []
