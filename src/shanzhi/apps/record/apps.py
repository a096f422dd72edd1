from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "shanzhi.apps.record"
    label = "record"
