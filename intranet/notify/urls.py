"""Addresses of this room."""

app_name = "notify"
urlpatterns: list = []
