"""Addresses for villagers: a place by its code, and plain nouns."""

from django.urls import path

from shanzhi.apps.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.county, name="county"),
    path("notice/", views.notice, name="notice"),
    path("v/<str:code>/", views.village, name="village"),
    path("v/<str:code>/check/", views.check, name="check"),
]
