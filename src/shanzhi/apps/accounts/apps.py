from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shanzhi.apps.accounts"
    label = "accounts"
