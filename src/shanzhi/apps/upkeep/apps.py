from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "shanzhi.apps.upkeep"
    label = "upkeep"
