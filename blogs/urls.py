"""Addresses of this room."""

app_name = "blogs"
urlpatterns: list = []
