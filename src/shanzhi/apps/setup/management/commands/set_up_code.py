"""Print the one-time code that opens the set-up pages in a browser; silent when there is a county already."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from shanzhi.apps.places import selectors as places
from shanzhi.apps.setup import actions


class Command(BaseCommand):
    help = "Print a one-time code for setting up a county in the browser. Says nothing when there is a county already."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if places.county():
            return
        code = actions.issue_code()
        port = os.environ.get("SHANZHI_PORT")
        address = f"http://127.0.0.1:{port}" if port else settings.PUBLIC_ADDRESS
        self.stdout.write(
            f"\n这里还没有县。请在浏览器打开 {address}/set-up/ ，输入一次性设置码：\n"
            f"There is no county here yet. Open {address}/set-up/ in a browser and type the one-time code:\n\n"
            f"    {code}\n\n"
            "设置码在县建好之前有效；重新启动会换一个新的，已填写的内容不会丢。\n"
            "It holds until the county is there; each start makes a new one, and what was entered stays.\n"
        )
