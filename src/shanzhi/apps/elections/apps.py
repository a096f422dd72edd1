from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "shanzhi.apps.elections"
    label = "elections"
