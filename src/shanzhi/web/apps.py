from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "shanzhi.web"
    label = "web"
