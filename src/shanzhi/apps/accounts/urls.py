"""Addresses of signing in and of looking after accounts."""

from django.urls import path

from shanzhi.apps.accounts.views import accounts, grants, look, own, passwords, session

app_name = "accounts"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("start/", session.start, name="start"),
    path("look/", look.choose, name="look"),
    path("own/", own.own, name="own"),
    path("own/password/", own.own_password, name="own_password"),
    path("", accounts.accounts, name="accounts"),
    path("new/", accounts.create, name="create"),
    path("<str:key>/", accounts.account, name="account"),
    path("<str:key>/grant/", grants.grant, name="grant"),
    path("<str:key>/grant/<int:pk>/revoke/", grants.revoke, name="revoke"),
    path("<str:key>/password/", passwords.password, name="password"),
    path("<str:key>/unlock/", accounts.unlock, name="unlock"),
]
