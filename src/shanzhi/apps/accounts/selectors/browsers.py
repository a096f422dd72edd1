"""From which kind of browser somebody signed in: its family and system, as far as its owner needs them to recognise it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What stands in the name that a browser gives itself -> family; the first that fits counts, so special ones come first.
FAMILIES = (
    ("MicroMessenger", "wechat"), ("DingTalk", "dingtalk"), ("QQBrowser", "qq"), ("MetaSr", "sogou"), ("QIHU", "360"),
    ("360SE", "360"), ("HuaweiBrowser", "huawei"), ("MiuiBrowser", "xiaomi"), ("UCBrowser", "uc"), ("UBrowser", "uc"),
    ("Edg", "edge"), ("OPR/", "opera"), ("Firefox/", "firefox"), ("Chrome/", "chrome"), ("Chromium/", "chrome"),
    ("Safari/", "safari"), ("Trident/", "ie"), ("MSIE", "ie"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "android"), ("OpenHarmony", "harmony"), ("HarmonyOS", "harmony"), ("iPhone", "ios"), ("iPad", "ios"),
    ("Windows", "windows"), ("Mac OS X", "mac"), ("Linux", "linux"),
)  # fmt: skip
WORDS: dict[str, str | Promise] = {
    "wechat": _("WeChat"), "dingtalk": _("DingTalk"), "qq": _("QQ Browser"), "sogou": _("Sogou Browser"),
    "360": _("360 Browser"), "huawei": _("Huawei Browser"), "xiaomi": _("Xiaomi Browser"), "uc": _("UC Browser"),
    "edge": "Edge", "opera": "Opera", "firefox": _("Firefox"), "chrome": _("Chrome or a browser like it"),
    "safari": "Safari", "ie": "Internet Explorer", "other": _("another browser"),
    "android": _("Android phone"), "harmony": _("HarmonyOS"), "ios": _("iPhone or iPad"), "windows": "Windows",
    "mac": "Mac", "linux": "Linux", "unknown": _("unknown system"),
}  # fmt: skip


def browser_of(user_agent: str) -> str:
    """ "edge windows": what is kept of the long name that a browser gives itself."""
    family = next((name for part, name in FAMILIES if part in user_agent), "other")
    system = next((name for part, name in SYSTEMS if part in user_agent), "unknown")
    return f"{family} {system}"


def browser_words(browser: str) -> str:
    """The same for a reader: "Edge · Windows"."""
    return " · ".join(str(WORDS.get(part, part)) for part in browser.split())
