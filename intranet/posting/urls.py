"""Addresses of this room."""

app_name = "posting"
urlpatterns: list = []
