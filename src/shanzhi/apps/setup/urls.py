"""Addresses of the set-up; 404 as soon as there is a county."""

from django.urls import path

from shanzhi.apps.setup import views

app_name = "setup"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("county/", views.county, name="county"),
    path("places/", views.places_page, name="places"),
    path("operator/", views.operator, name="operator"),
]
