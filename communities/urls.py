"""Addresses of this room."""

app_name = "communities"
urlpatterns: list = []
