from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "shanzhi.apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from shanzhi.apps.accounts.views.entering import note_browser

        # Django's own signal: whatever road somebody takes into the house, his browser is noted.
        user_logged_in.connect(note_browser, dispatch_uid="a browser is noted")
