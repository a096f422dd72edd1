"""Signing in through another house: a real code flow against a provider on this machine, and who never gets in by it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.urls import reverse

from shanzhi.apps.accounts import actions
from shanzhi.apps.accounts.models import Account, OutsideIdentity
from shanzhi.apps.record.models import Event
from shanzhi.config import outside
from shanzhi.web.refusals import Refused
from tests.apps.accounts import phone
from tests.cast import PASSWORD, sign_in

BACK = "/account/outside/oidc/back/"
# The provider's own library warns its author of a method's new name; here every warning is an error.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")


@pytest.fixture(scope="module")
def provider():
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


def switch_on(settings, **given):
    settings.SOCIALACCOUNT_PROVIDERS, settings.OUTSIDE = outside.providers(
        {f"SHANZHI_{name}": value for name, value in given.items()}
    )


@pytest.fixture
def oidc(settings, provider, client):
    client.cookies["django_language"] = "en"
    switch_on(settings, OIDC=provider, OIDC_ID="shanzhi", OIDC_SECRET="quiet", OIDC_NAME="Province")
    return provider


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def as_somebody(address: str, sub: str) -> str:
    """Somebody signs in at the provider; the address that it sends his browser to."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].removeprefix("http://testserver")


def come_back(client, sub, **query):
    go = client.get(reverse("accounts:outside_go", args=["oidc"]), query)
    return client.get(as_somebody(go["Location"], sub))


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_linked_identity_signs_its_account_in_and_leads_on(client, people, oidc):
    actions.link_outside(account=people.township_clerk, provider="oidc", uid="u-17", by=people.operator.key)
    assert "Sign in with Province" in client.get("/account/sign-in/").text

    answer = come_back(client, "u-17", next="/account/own/sessions/")

    assert answer.url == "/account/own/sessions/"
    assert client.session["_auth_user_id"] == str(people.township_clerk.pk)
    assert Event.objects.get(act="accounts.signed_in").facts == {"how": "oidc", "second": ""}


def test_nothing_but_the_number_is_asked_for_and_the_code_is_bound_to_this_browser(client, people, oidc):
    go = client.get(reverse("accounts:outside_go", args=["oidc"]))

    sent = asked(go["Location"])
    assert sent["scope"] == "openid"
    assert sent["client_id"] == "shanzhi"
    assert sent["redirect_uri"] == f"http://testserver{BACK}"
    assert sent["code_challenge_method"] == "S256"
    assert sent["state"]
    other = type(client)()
    actions.link_outside(account=people.teller, provider="oidc", uid="u-3", by=people.operator.key)
    assert other.get(as_somebody(go["Location"], "u-3")).status_code == 502
    assert not is_signed_in(other)


def test_an_unknown_identity_gets_no_account_even_with_the_name_or_mail_of_one(client, people, oidc):
    before = Account.objects.count()

    for sub in ("stranger@example.cn", people.operator.username, people.operator.key, people.operator.name):
        answer = come_back(client, sub)
        assert answer.status_code == 403
        assert "No account was made" in answer.text
        assert not is_signed_in(client)

    assert Account.objects.count() == before
    for model in (OutsideIdentity, SocialAccount, SocialApp, SocialToken, EmailAddress):
        assert not model.objects.exists()
    assert set(Event.objects.values_list("act", "by", "subject")) == {
        ("accounts.outside_refused", "nobody", "provider:oidc")
    }


def test_the_second_step_is_asked_for_here_too(client, people, oidc):
    phone.tie(people.township_clerk)
    actions.link_outside(account=people.township_clerk, provider="oidc", uid="u-17", by=people.operator.key)

    answer = come_back(client, "u-17", next="/account/own/")
    assert answer.url.startswith(reverse("accounts:second_step"))
    assert not is_signed_in(client)

    page = client.get(answer.url).text
    answer = client.post(reverse("accounts:second_step"), phone.hidden(page) | {"code": phone.code()})
    assert answer.url == "/account/own/"
    assert Event.objects.get(act="accounts.signed_in").facts == {"how": "oidc", "second": "app"}


def test_a_locked_name_is_locked_here_too(client, people, oidc):
    actions.link_outside(account=people.teller, provider="oidc", uid="u-3", by=people.operator.key)
    for _each in range(5):
        client.post("/account/sign-in/", {"username": "jipiao", "password": "wrong"})

    assert come_back(client, "u-3").status_code == 429
    assert not is_signed_in(client)


def test_a_closed_account_stays_closed(client, people, oidc):
    actions.link_outside(account=people.teller, provider="oidc", uid="u-3", by=people.operator.key)
    actions.close_account(account=people.teller, why="moved", by=people.operator.key)

    assert come_back(client, "u-3").status_code == 403
    assert not is_signed_in(client)


def test_its_holder_links_it_with_his_password_and_no_form_leads_to_another_site(client, people, oidc):
    sign_in(client, people.teller)
    page = reverse("accounts:outside_link", args=["oidc"])

    assert "Go to Province" not in client.post(page, {"password": "wrong"}).text
    shown = client.post(page, {"password": PASSWORD})
    assert shown.status_code == 200  # a page with a link, not a redirect: form-action is 'self'
    assert "form-action 'self'" in shown["Content-Security-Policy"]
    answer = client.get(as_somebody(shown.context["address"], "u-99"))

    assert answer.url == reverse("accounts:own")
    held = OutsideIdentity.objects.get()
    assert (held.account, held.linked_by) == (people.teller, people.teller.key)
    assert "u-99" not in str(vars(held))
    assert Event.objects.get(act="accounts.outside_linked").facts == {"provider": "oidc"}
    client.logout()
    come_back(client, "u-99")
    assert is_signed_in(client)


def test_a_link_that_somebody_else_began_in_this_browser_is_not_made(client, people, oidc):
    sign_in(client, people.teller)
    shown = client.post(reverse("accounts:outside_link", args=["oidc"]), {"password": PASSWORD})
    session = dict(client.session)
    client.logout()
    sign_in(client, people.operator)
    moved = client.session
    moved.update({name: value for name, value in session.items() if name.startswith("socialaccount")})
    moved.save()

    assert client.get(as_somebody(shown.context["address"], "u-5")).status_code == 502
    assert not OutsideIdentity.objects.exists()


def test_signing_in_is_never_a_link_by_the_way(client, people, oidc):
    go = client.get(reverse("accounts:outside_go", args=["oidc"]))["Location"]
    sign_in(client, people.teller)

    client.get(as_somebody(go, "u-8"))

    assert not OutsideIdentity.objects.exists()
    assert client.session["_auth_user_id"] == str(people.teller.pk)


def test_cancelling_there_is_said_and_changes_nothing(client, people, oidc):
    go = client.get(reverse("accounts:outside_go", args=["oidc"]))["Location"]

    answer = client.get(BACK, {"error": "access_denied", "state": asked(go)["state"]})

    assert answer.status_code == 502
    assert "did not say who you are" in answer.text


def test_a_provider_that_cannot_be_reached_is_said(client, people, settings):
    client.cookies["django_language"] = "en"
    switch_on(settings, OIDC="http://127.0.0.1:9", OIDC_ID="x", OIDC_SECRET="y")

    answer = client.get(reverse("accounts:outside_go", args=["oidc"]))

    assert answer.status_code == 502
    assert "cannot be reached" in answer.text


def test_an_operator_links_by_the_number_and_undoes_it(client, people, oidc):
    sign_in(client, people.operator)
    page = reverse("accounts:account_link", args=[people.teller.key])
    client.post(page, {"provider": "oidc", "uid": "u-44"})
    held = OutsideIdentity.objects.get()

    client.post(reverse("accounts:account_unlink", args=[people.teller.key, held.key]))

    assert not OutsideIdentity.objects.exists()
    assert Event.objects.filter(act="accounts.outside_unlinked", by=people.operator.key).count() == 1


def test_one_identity_opens_one_account_and_an_account_has_one_a_provider(people):
    actions.link_outside(account=people.teller, provider="oidc", uid="u-1", by=people.operator.key)
    actions.link_outside(account=people.teller, provider="oidc", uid="u-1", by=people.operator.key)

    with pytest.raises(Refused):
        actions.link_outside(account=people.village_clerk, provider="oidc", uid="u-1", by=people.operator.key)
    with pytest.raises(Refused):
        actions.link_outside(account=people.teller, provider="oidc", uid="u-2", by=people.operator.key)

    assert OutsideIdentity.objects.count() == 1
    assert Event.objects.filter(act="accounts.outside_linked").count() == 1


@pytest.mark.parametrize(
    ("provider", "given", "host", "path", "expected"),
    [
        (
            "weixin", {"WECHAT_ID": "wx123", "WECHAT_SECRET": "s"}, "open.weixin.qq.com", "/connect/qrconnect",
            {"appid": "wx123", "scope": "snsapi_login", "response_type": "code"},
        ),
        (
            "dingtalk", {"DINGTALK_ID": "ding7", "DINGTALK_SECRET": "s"}, "login.dingtalk.com", "/oauth2/auth",
            {"client_id": "ding7", "scope": "openid", "response_type": "code"},
        ),
    ],
)  # fmt: skip
def test_wechat_and_dingtalk_are_asked_at_their_own_address(
    client, people, settings, provider, given, host, path, expected
):
    switch_on(settings, **given)

    address = client.get(reverse("accounts:outside_go", args=[provider]))["Location"]

    sent = asked(address)
    assert (urlsplit(address).scheme, urlsplit(address).hostname, urlsplit(address).path) == (
        "https",
        host,
        path,
    )
    assert expected.items() <= sent.items()
    assert sent["redirect_uri"] == f"http://testserver/account/outside/{provider}/back/"
    assert sent["state"] in client.session["socialaccount_states"]
    assert (
        client.get(f"/account/outside/{provider}/back/", {"code": "x", "state": "invented"}).status_code
        == 502
    )


def test_without_settings_there_is_no_trace_of_it(client, people, settings):
    assert settings.OUTSIDE == {}
    page = client.get("/account/sign-in/").text
    assert "outside" not in page
    for provider in ("oidc", "weixin", "dingtalk"):
        assert client.get(f"/account/outside/{provider}/").status_code == 404
        assert client.get(f"/account/outside/{provider}/back/").status_code == 404
    sign_in(client, people.operator)
    assert client.get(reverse("accounts:account_link", args=[people.teller.key])).status_code == 404
    assert "outside" not in client.get(reverse("accounts:own")).text


@pytest.mark.parametrize(
    "given",
    [
        {"SHANZHI_OIDC": "https://id.example.cn"},
        {"SHANZHI_OIDC": "http://id.example.cn", "SHANZHI_OIDC_ID": "x", "SHANZHI_OIDC_SECRET": "y"},
        {"SHANZHI_OIDC": "id.example.cn", "SHANZHI_OIDC_ID": "x", "SHANZHI_OIDC_SECRET": "y"},
        {"SHANZHI_WECHAT_ID": "wx"},
        {"SHANZHI_DINGTALK_ID": "d"},
    ],
)
def test_half_a_setting_stops_the_program_with_a_sentence(given):
    with pytest.raises(outside.Unusable, match="SHANZHI_"):
        outside.providers(given)


def test_a_password_that_a_form_kept_is_used_before_anything_else(client, people, oidc, county):
    """With something typed waiting, only the password is offered: the way round another house would lose it."""
    page = client.post(reverse("places:person_new", args=[county.village.code]), {"name": "王红"}).text

    assert "kept" in phone.hidden(page)
    assert "Sign in with Province" not in page
