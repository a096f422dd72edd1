from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "shanzhi.apps.portal"
    label = "portal"
