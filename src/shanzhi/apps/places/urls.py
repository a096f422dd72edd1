"""Addresses of the places room. A person or household is named by a random key."""

from django.urls import path

from shanzhi.apps.places.views import codes, county, divisions, people, rosters

app_name = "places"
urlpatterns = [
    path("", people.places, name="places"),
    path("template.xlsx", rosters.template, name="template"),
    path("settings/", county.settings, name="settings"),
    path("settings/holidays/", county.holidays, name="holidays"),
    path("divisions/", divisions.divisions, name="divisions"),
    path("divisions/new/", divisions.division_new, name="division_new"),
    path("divisions/merge/", divisions.division_merge, name="division_merge"),
    path("divisions/codes/", codes.codes, name="codes"),
    path("divisions/codes/<str:key>/", codes.codes_decide, name="codes_decide"),
    path("divisions/codes/<str:key>/drop/", codes.codes_drop, name="codes_drop"),
    path("divisions/change/<str:key>/", divisions.change, name="change"),
    path("divisions/<str:code>/", divisions.division, name="division"),
    path("divisions/<str:code>/change/", divisions.division_change, name="division_change"),
    path("divisions/<str:code>/split/", divisions.division_split, name="division_split"),
    path("divisions/<str:code>/close/", divisions.division_close, name="division_close"),
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
