"""Addresses for programs that watch the installation."""

from django.urls import path

from shanzhi.apps.upkeep.views import health

app_name = "upkeep"
urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
