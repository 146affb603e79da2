"""Addresses of this room."""

app_name = "routing"
urlpatterns: list = []
