"""Addresses of signing in and of looking after accounts."""

from django.urls import path

from shanzhi.apps.accounts.views import (
    accounts,
    grants,
    look,
    looks,
    outside,
    own,
    passwords,
    second_factor,
    session,
)

app_name = "accounts"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-in/code/", session.second_step, name="second_step"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("start/", session.start, name="start"),
    path("look/", look.choose, name="look"),
    path("own/", own.own, name="own"),
    path("own/password/", own.own_password, name="own_password"),
    path("own/phone/", second_factor.second_factor, name="second_factor"),
    path("own/phone/codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("own/phone/remove/", second_factor.second_factor_remove, name="second_factor_remove"),
    path("own/sessions/", own.sessions, name="sessions"),
    path("own/sessions/end/", own.sessions_end, name="sessions_end"),
    path("own/sessions/<str:key>/end/", own.session_end, name="session_end"),
    path("own/outside/<str:provider>/link/", outside.link, name="outside_link"),
    path("own/outside/<str:key>/unlink/", outside.unlink, name="outside_unlink"),
    path("outside/<str:provider>/", outside.go, name="outside_go"),
    path("own/looks/", own.own_looks, name="own_looks"),
    path("", accounts.accounts, name="accounts"),
    path("new/", accounts.create, name="create"),
    path("ending/", grants.ending, name="ending"),
    path("looks/", looks.looks, name="looks"),
    path("<str:key>/", accounts.account, name="account"),
    path("<str:key>/grant/", grants.grant, name="grant"),
    path("<str:key>/grant/<int:pk>/revoke/", grants.revoke, name="revoke"),
    path("<str:key>/password/", passwords.password, name="password"),
    path("<str:key>/unlock/", accounts.unlock, name="unlock"),
    path("<str:key>/phone/reset/", accounts.second_factor_reset, name="second_factor_reset"),
    path("<str:key>/sessions/end/", accounts.account_sessions_end, name="account_sessions_end"),
    path("<str:key>/outside/", outside.account_link, name="account_link"),
    path("<str:key>/outside/<str:identity>/unlink/", outside.account_unlink, name="account_unlink"),
    path("<str:key>/close/", accounts.close, name="close"),
    path("<str:key>/reopen/", accounts.reopen, name="reopen"),
]
