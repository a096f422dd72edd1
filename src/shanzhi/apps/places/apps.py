from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "shanzhi.apps.places"
    label = "places"
