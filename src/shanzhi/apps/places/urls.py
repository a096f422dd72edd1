"""Addresses of the places room. A person or household is named by a random key."""

from django.urls import path

from shanzhi.apps.places.views import county, people, rosters

app_name = "places"
urlpatterns = [
    path("", people.places, name="places"),
    path("template.xlsx", rosters.template, name="template"),
    path("settings/", county.settings, name="settings"),
    path("settings/holidays/", county.holidays, name="holidays"),
    path("roster/<str:key>/", rosters.roster_checked, name="roster_checked"),
    path("roster/<str:key>/write/", rosters.roster_write, name="roster_write"),
    path("roster/<str:key>/drop/", rosters.roster_drop, name="roster_drop"),
    path("person/<str:key>/", people.person, name="person"),
    path("person/<str:key>/reveal/", people.person_reveal, name="person_reveal"),
    path("person/<str:key>/correct/", people.person_correct, name="person_correct"),
    path("person/<str:key>/left/", people.person_left, name="person_left"),
    path("person/<str:key>/back/", people.person_back, name="person_back"),
    path("person/<str:key>/kin/", people.person_kin, name="person_kin"),
    path("person/<str:key>/kin/<str:other>/remove/", people.kin_remove, name="kin_remove"),
    path("household/<str:key>/", people.household, name="household"),
    path("household/<str:key>/correct/", people.household_correct, name="household_correct"),
    path("<str:code>/", people.village, name="village"),
    path("<str:code>/new/", people.person_new, name="person_new"),
    path("<str:code>/roster/", rosters.roster, name="roster"),
    path("<str:code>/export/", rosters.export, name="export"),
]
