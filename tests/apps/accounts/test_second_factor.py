"""The second step: set up, asked for, never passed by, never passed twice by one code, and a way back without the phone."""

import base64
import threading
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axes.models import AccessAttempt
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from shanzhi.apps.accounts import actions, selectors
from shanzhi.apps.accounts.models import RecoveryCode, SecondFactor, Session
from shanzhi.apps.record.models import Event
from shanzhi.web.refusals import Refused, Wrong
from tests.apps.accounts import phone
from tests.cast import PASSWORD, sign_in

SIGN_IN = "/account/sign-in/"
SECOND = "/account/sign-in/code/"


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


def is_signed_in(client):
    return "_auth_user_id" in client.session


def type_password(client, username="dongchuan", **more):
    return client.post(SIGN_IN, {"username": username, "password": PASSWORD} | more)


# Signing in


def test_a_right_password_alone_lets_nobody_in_who_has_a_phone(client, people):
    phone.tie(people.township_clerk)

    answer = type_password(client)

    assert answer.url.startswith(SECOND)
    assert not is_signed_in(client)
    assert client.get(reverse("accounts:own")).status_code == 302
    assert not Event.objects.filter(act="accounts.signed_in").exists()


def test_the_code_of_the_phone_lets_him_in_and_leads_where_he_was_going(client, people):
    phone.tie(people.township_clerk)

    step = type_password(client, next="/account/own/sessions/").url
    page = client.get(step).text
    answer = client.post(SECOND, phone.hidden(page) | {"code": phone.code()})

    assert answer.url == "/account/own/sessions/"
    assert is_signed_in(client)
    assert Event.objects.get(act="accounts.signed_in").facts == {"how": "password", "second": "app"}


def test_a_code_may_be_typed_wide_or_with_a_gap(client, people):
    phone.tie(people.township_clerk)
    type_password(client)
    figures = phone.code()
    wide = "".join(chr(ord(each) + 0xFEE0) for each in figures)

    client.post(SECOND, {"code": f"{wide[:3]} {wide[3:]}"})

    assert is_signed_in(client)


def test_a_code_that_was_used_is_not_taken_again(client, people):
    phone.tie(people.township_clerk)
    figures = phone.code()
    type_password(client)
    client.post(SECOND, {"code": figures})
    client.post(reverse("accounts:sign_out"))

    type_password(client)
    page = client.post(SECOND, {"code": figures}).text

    assert not is_signed_in(client)
    assert "used already" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
def test_two_browsers_with_one_code_at_the_same_moment(people):
    phone.tie(people.township_clerk)
    now, begin, taken = timezone.now(), threading.Barrier(2), []

    def try_it():
        begin.wait()
        taken.append(actions.check_code(account=people.township_clerk, typed=phone.code(at=now), at=now))
        connections.close_all()

    both = [threading.Thread(target=try_it) for _each in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(taken) == ["", "app"]


def test_five_wrong_codes_lock_the_name_and_no_code_of_the_phone_opens_it(client, people):
    phone.tie(people.township_clerk)
    type_password(client)
    for left in (4, 3, 2, 1):
        assert f"{left} more tr" in client.post(SECOND, {"code": phone.wrong_code()}).text

    assert client.post(SECOND, {"code": phone.wrong_code()}).status_code == 429
    assert client.post(SECOND, {"code": phone.code()}).status_code == 429
    assert type_password(client).status_code == 429
    assert not is_signed_in(client)
    assert Event.objects.filter(act="accounts.locked").count() == 1
    assert Event.objects.filter(act="accounts.sign_in_failed", facts__how="code").count() == 5


def test_a_right_password_between_them_does_not_give_new_tries_for_the_code(client, people):
    phone.tie(people.township_clerk)
    for _each in range(4):
        type_password(client)
        client.post(SECOND, {"code": phone.wrong_code()})
    type_password(client)

    assert client.post(SECOND, {"code": phone.wrong_code()}).status_code == 429


def test_what_was_typed_as_a_code_is_kept_nowhere(client, people):
    phone.tie(people.township_clerk)
    type_password(client)
    client.post(SECOND, {"code": "4711-secret", "kept": "what-was-typed", "next": "/places/?q=x"})

    kept = " ".join(str(value) for row in AccessAttempt.objects.values() for value in row.values())
    assert "4711" not in kept
    assert "what-was-typed" not in kept


def test_the_second_step_is_open_for_ten_minutes_and_in_this_browser_only(client, people):
    phone.tie(people.township_clerk)
    type_password(client)
    other = type(client)()
    assert other.post(SECOND, {"code": phone.code()}).url == SIGN_IN

    session = client.session
    session["waiting"] |= {"at": session["waiting"]["at"] - 601}
    session.save()
    answer = client.post(SECOND, {"code": phone.code()})

    assert answer.url == SIGN_IN
    assert "Too much time" in client.get(SIGN_IN).text


def test_a_password_changed_meanwhile_ends_the_waiting(client, people):
    phone.tie(people.township_clerk)
    type_password(client)
    actions.set_password(account=people.township_clerk, password="another-long-one-7", by=people.operator.key)

    assert client.post(SECOND, {"code": phone.code()}).url == SIGN_IN
    assert not is_signed_in(client)


def test_a_form_that_was_kept_survives_the_second_step(client, world_of_one_form, people):
    phone.tie(people.township_clerk)
    page = client.post(world_of_one_form, {"name": "王红", "note": "手写 <的>"}).text
    page = type_password(client, kept=phone.hidden(page)["kept"]).text
    assert "six figures" in page

    page = client.post(SECOND, phone.hidden(page) | {"code": phone.wrong_code()}).text
    page = client.post(SECOND, phone.hidden(page) | {"code": phone.code()}).text

    assert phone.hidden(page)["note"] == "手写 <的>"


@pytest.fixture
def world_of_one_form(county):
    return reverse("places:person_new", args=[county.village.code])


# Codes from paper


def test_each_code_from_paper_works_once_and_its_use_is_on_record(client, people):
    codes = phone.tie(people.township_clerk)
    for typed, works in ((codes[0].upper().replace("-", " "), True), (codes[0], False), (codes[1], True)):
        type_password(client)
        client.post(SECOND, {"code": typed})
        assert is_signed_in(client) == works
        client.logout()

    used = Event.objects.filter(act="accounts.recovery_code_used")
    assert [event.facts["left"] for event in used] == [8, 9]
    assert selectors.recovery_codes_left(people.township_clerk) == 8


def test_a_code_from_one_paper_opens_no_other_account(people):
    codes = phone.tie(people.township_clerk)
    phone.tie(people.teller)

    assert actions.check_code(account=people.teller, typed=codes[0], at=timezone.now()) == ""


def test_neither_secret_nor_codes_stand_in_the_tables_or_the_record(people):
    codes = phone.tie(people.township_clerk)

    rows = [*SecondFactor.objects.values(), *RecoveryCode.objects.values(), *Event.objects.values()]
    held = b" ".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for row in rows
        for value in row.values()
    )
    assert len(set(codes)) == 10
    assert phone.SECRET not in held
    assert phone.SECRET.hex().encode() not in held
    assert not any(code.encode() in held or code.replace("-", "").encode() in held for code in codes)


def test_a_sealed_secret_moved_to_another_account_opens_nothing(people):
    from shanzhi.core.cipher import Spoiled

    phone.tie(people.township_clerk)
    phone.tie(people.teller)
    stolen = SecondFactor.objects.get(account=people.township_clerk).secret
    SecondFactor.objects.filter(account=people.teller).update(secret=stolen)

    with pytest.raises(Spoiled):
        actions.check_code(account=people.teller, typed=phone.code(), at=timezone.now())


# Setting it up


def test_a_phone_is_tied_by_its_first_code_and_ten_codes_are_shown_once(client, people):
    sign_in(client, people.teller)
    page = client.get(reverse("accounts:second_factor")).text
    secret = phone.shown_secret(page)
    assert "data:image/svg+xml" in page

    sent = phone.hidden(page) | {"password": PASSWORD, "code": phone.code(secret)}
    answer = client.post(reverse("accounts:second_factor"), sent)

    codes = phone.shown_codes(answer.text)
    assert len(codes) == 10
    assert "no-store" in answer["Cache-Control"]
    assert selectors.has_second_factor(people.teller)
    assert Event.objects.get(act="accounts.second_factor_set").facts == {"replaced": False}
    assert codes[0] not in client.get(reverse("accounts:own")).text


@pytest.mark.parametrize("wrong", ["code", "password"])
def test_a_wrong_code_or_password_ties_nothing_and_the_picture_stays(client, people, wrong):
    sign_in(client, people.teller)
    page = client.get(reverse("accounts:second_factor")).text
    secret = phone.shown_secret(page)
    right = {"password": PASSWORD, "code": phone.code(secret)}

    page = client.post(reverse("accounts:second_factor"), phone.hidden(page) | right | {wrong: "123"}).text

    assert not SecondFactor.objects.exists()
    assert phone.shown_secret(page) == secret  # what is on the phone by now stays good


def test_a_picture_that_was_made_for_somebody_else_or_too_long_ago_ties_nothing(client, people):
    from shanzhi.apps.accounts.forms.second_factor import signed_secret

    sign_in(client, people.teller)
    foreign = signed_secret(people.operator, phone.SECRET)

    page = client.post(
        reverse("accounts:second_factor"), {"secret": foreign, "password": PASSWORD, "code": phone.code()}
    ).text

    assert not SecondFactor.objects.exists()
    assert "too old" in page
    assert phone.shown_secret(page) != phone.SECRET


def test_another_phone_needs_a_code_of_the_old_one(client, people):
    phone.tie(people.teller)
    sign_in(client, people.teller)
    page = client.get(reverse("accounts:second_factor")).text
    new = phone.shown_secret(page)
    sent = phone.hidden(page) | {"password": PASSWORD, "code": phone.code(new)}

    client.post(reverse("accounts:second_factor"), sent | {"old": phone.wrong_code()})
    assert actions.check_code(account=people.teller, typed=phone.code(new), at=timezone.now()) == ""

    client.post(reverse("accounts:second_factor"), sent | {"old": phone.code()})
    later = timezone.now() + timedelta(seconds=30)
    assert actions.check_code(account=people.teller, typed=phone.code(new, at=later), at=later) == "app"
    assert actions.check_code(account=people.teller, typed=phone.code(at=later, steps=1), at=later) == ""
    assert Event.objects.filter(act="accounts.second_factor_set").first().facts == {"replaced": True}


def test_new_codes_for_paper_need_a_code_and_make_the_old_ones_worthless(client, people):
    old = phone.tie(people.teller)
    sign_in(client, people.teller)

    assert not phone.shown_codes(
        client.post(reverse("accounts:recovery_codes"), {"code": phone.wrong_code()}).text
    )
    new = phone.shown_codes(client.post(reverse("accounts:recovery_codes"), {"code": phone.code()}).text)

    assert len(new) == 10
    assert actions.check_code(account=people.teller, typed=old[0], at=timezone.now()) == ""
    assert actions.check_code(account=people.teller, typed=new[0], at=timezone.now()) == "paper"


def test_guessing_a_code_inside_a_session_locks_the_name_too(client, people):
    phone.tie(people.teller)
    sign_in(client, people.teller)
    for _each in range(4):
        client.post(reverse("accounts:recovery_codes"), {"code": phone.wrong_code()})

    assert client.post(reverse("accounts:recovery_codes"), {"code": phone.wrong_code()}).status_code == 429
    assert client.post(reverse("accounts:recovery_codes"), {"code": phone.code()}).status_code == 429


def test_doing_without_needs_a_code_and_a_county_that_leaves_it_open(client, people, settings):
    phone.tie(people.teller)
    sign_in(client, people.teller)

    settings.SECOND_FACTOR = "required"
    assert client.post(reverse("accounts:second_factor_remove"), {"code": phone.code()}).status_code == 302
    assert selectors.has_second_factor(people.teller)
    with pytest.raises(Refused):
        actions.remove_second_factor(account=people.teller, by=people.teller.key)

    settings.SECOND_FACTOR = "optional"
    client.post(reverse("accounts:second_factor_remove"), {"code": phone.wrong_code()})
    assert selectors.has_second_factor(people.teller)
    client.post(reverse("accounts:second_factor_remove"), {"code": phone.code()})
    assert not selectors.has_second_factor(people.teller)
    assert not RecoveryCode.objects.exists()
    assert Event.objects.filter(act="accounts.second_factor_removed").count() == 1


def test_a_wrong_first_code_is_refused_without_a_trace(people):
    with pytest.raises(Wrong):
        actions.set_up_second_factor(
            account=people.teller, secret=phone.SECRET, code="000", at=timezone.now(), by=people.teller.key
        )

    assert not SecondFactor.objects.exists()
    assert not Event.objects.exists()


def test_the_picture_says_what_an_app_needs():
    parts = urlsplit(selectors.phone_address(phone.SECRET, name="王红@x", issuer="善治 交口县"))
    asked = parse_qs(parts.query)

    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path) == "/善治 交口县:王红@x"
    assert asked["issuer"] == ["善治 交口县"]
    assert base64.b32decode(asked["secret"][0]) == phone.SECRET


# Required


def test_where_it_is_required_nothing_else_is_open_until_a_phone_is_tied(client, people, settings):
    settings.SECOND_FACTOR = "required"

    answer = type_password(client, next="/elections/")

    assert answer.url.startswith(reverse("accounts:second_factor"))
    for page in ("elections:board", "places:places", "accounts:own", "accounts:sessions", "portal:county"):
        assert client.get(reverse(page)).url.startswith(reverse("accounts:second_factor"))
    page = client.get(answer.url).text
    assert "asks everyone" in page
    assert reverse("places:places") not in page
    secret = phone.shown_secret(page)
    page = client.post(
        reverse("accounts:second_factor"), phone.hidden(page) | {"code": phone.code(secret)}
    ).text  # the password has just been typed: it is not asked for again
    assert len(phone.shown_codes(page)) == 10

    assert client.post(SIGN_IN, phone.hidden(page)).url == "/elections/"
    assert client.get("/elections/").status_code == 200


def test_a_form_that_was_kept_waits_until_the_phone_is_tied(client, people, settings, world_of_one_form):
    settings.SECOND_FACTOR = "required"
    page = client.post(world_of_one_form, {"name": "王红", "note": "手写"}).text
    page = type_password(client, kept=phone.hidden(page)["kept"]).text
    assert "One thing first" in page

    page = client.post(reverse("accounts:second_factor"), phone.hidden(page)).text
    secret = phone.shown_secret(page)
    page = client.post(
        reverse("accounts:second_factor"), phone.hidden(page) | {"code": phone.code(secret)}
    ).text
    page = client.post(SIGN_IN, phone.hidden(page)).text

    assert phone.hidden(page)["note"] == "手写"


def test_a_form_sent_before_the_duty_is_done_is_kept(client, people, settings, world_of_one_form):
    settings.SECOND_FACTOR = "required"
    type_password(client)

    page = client.post(world_of_one_form, {"name": "王红", "note": "手写"}).text

    assert "One thing first" in page
    assert "kept" in phone.hidden(page)


def test_leaving_and_the_language_stay_open_meanwhile(client, people, settings):
    settings.SECOND_FACTOR = "required"
    type_password(client)

    assert client.post(reverse("set_language"), {"language": "en", "next": "/"}).url == "/"
    assert client.post(reverse("accounts:sign_out")).url == SIGN_IN
    assert not is_signed_in(client)


# The phone is gone


def test_an_operator_resets_it_with_a_reason_and_everything_that_was_open_is_closed(client, people):
    codes = phone.tie(people.teller)
    other = type(client)()
    sign_in(other, people.teller)
    sign_in(client, people.operator)
    page = reverse("accounts:second_factor_reset", args=[people.teller.key])

    assert client.post(page, {}).status_code == 200  # no reason
    assert selectors.has_second_factor(people.teller)
    client.post(page, {"why": "lost"})

    assert not selectors.has_second_factor(people.teller)
    assert actions.check_code(account=people.teller, typed=codes[0], at=timezone.now()) == ""
    assert other.get(reverse("accounts:own")).status_code == 302
    event = Event.objects.get(act="accounts.second_factor_reset")
    assert (event.by, event.subject, event.facts) == (
        people.operator.key, f"account:{people.teller.key}", {"reason": "lost"},
    )  # fmt: skip
    assert not Session.objects.filter(account=people.teller, ended_at=None).exists()


@pytest.mark.parametrize("who", ["county_office", "township_clerk", "auditor", "stranger"])
def test_nobody_else_resets_it(client, people, who):
    phone.tie(people.teller)
    sign_in(client, getattr(people, who))

    page = reverse("accounts:second_factor_reset", args=[people.teller.key])

    assert client.post(page, {"why": "lost"}).status_code == 404
    assert selectors.has_second_factor(people.teller)


def test_nobody_resets_his_own(client, people):
    phone.tie(people.operator)
    sign_in(client, people.operator)

    client.post(reverse("accounts:second_factor_reset", args=[people.operator.key]), {"why": "lost"})

    assert selectors.has_second_factor(people.operator)
    assert not Event.objects.filter(act="accounts.second_factor_reset").exists()
