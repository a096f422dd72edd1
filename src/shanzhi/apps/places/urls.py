"""Addresses of the places room. A person or household is named by a random key."""

from django.urls import path

from shanzhi.apps.places import views

app_name = "places"
urlpatterns = [
    path("", views.places, name="places"),
    path("template.xlsx", views.template, name="template"),
    path("settings/", views.settings, name="settings"),
    path("holidays/", views.holidays, name="holidays"),
    path("roster/<str:key>/", views.roster_checked, name="roster_checked"),
    path("roster/<str:key>/write/", views.roster_write, name="roster_write"),
    path("roster/<str:key>/drop/", views.roster_drop, name="roster_drop"),
    path("person/<str:key>/", views.person, name="person"),
    path("person/<str:key>/correct/", views.person_correct, name="person_correct"),
    path("person/<str:key>/left/", views.person_left, name="person_left"),
    path("person/<str:key>/kin/", views.person_kin, name="person_kin"),
    path("<str:code>/", views.village, name="village"),
    path("<str:code>/new/", views.person_new, name="person_new"),
    path("<str:code>/roster/", views.roster, name="roster"),
    path("<str:code>/export.xlsx", views.export, name="export"),
]
