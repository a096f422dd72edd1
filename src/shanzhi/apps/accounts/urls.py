"""Addresses of signing in and of looking after accounts."""

from django.urls import path

from shanzhi.apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("start/", views.start, name="start"),
    path("own/", views.own, name="own"),
    path("own/password/", views.own_password, name="own_password"),
    path("", views.accounts, name="accounts"),
    path("new/", views.create, name="create"),
    path("<str:key>/", views.account, name="account"),
    path("<str:key>/grant/", views.grant, name="grant"),
    path("<str:key>/grant/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("<str:key>/password/", views.password, name="password"),
    path("<str:key>/unlock/", views.unlock, name="unlock"),
]
