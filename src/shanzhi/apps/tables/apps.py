from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "shanzhi.apps.tables"
    label = "tables"
