"""Addresses for monitors."""

from django.urls import path

from intranet.runtime import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
