from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "shanzhi.apps.setup"
    label = "setup"
