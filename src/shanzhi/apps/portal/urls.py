"""Addresses for villagers: a place by its code, and plain nouns."""

from django.urls import path

from shanzhi.apps.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.county, name="county"),
    path("notice/", views.notice, name="notice"),
    path("map/", views.county_map, name="map"),
    path("map.geojson", views.county_map_data, name="map_data"),
    path("v/<str:code>/map/", views.village_map, name="village_map"),
    path("v/<str:code>/map.geojson", views.village_map_data, name="village_map_data"),
    path("v/<str:code>/", views.village, name="village"),
    path("v/<str:code>/check/", views.check, name="check"),
]
