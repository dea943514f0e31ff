"""What stands round every request."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.db import InterfaceError, OperationalError
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from sharedlives.records.models import AccessLogEntry, ParkedPost
from sharedlives.records.typed import new_key
from tests import factories


def signed_in(client, user):
    client.force_login(user)
    return client


def test_health_answers_without_a_session(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_who_is_not_signed_in_is_sent_to_the_door(client):
    answer = client.get("/people/")
    assert answer.status_code == 302
    assert answer.url == "/account/login/?next=/people/"


def test_a_refusal_is_kept_in_the_access_log(client, commissioner, person):
    signed_in(client, commissioner).get(person.get_absolute_url())
    entry = AccessLogEntry.objects.get()
    assert (entry.status, entry.user_id) == (403, commissioner.pk)


def test_no_page_is_shown_when_the_look_cannot_be_noted(client, care_manager, person):
    client.raise_request_exception = False
    signed_in(client, care_manager)
    with mock.patch(
        "sharedlives.records.actions.AccessLogEntry.objects.create", side_effect=OperationalError
    ):
        page = client.get(person.get_absolute_url())
    assert page.status_code == 503
    assert person.family_name.encode() not in page.content


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_is_away_gives_a_503_that_says_so(client, care_manager, fault):
    client.raise_request_exception = False
    signed_in(client, care_manager)
    with mock.patch("people.views.find.list_page", side_effect=fault):
        page = client.get("/people/")
    assert page.status_code == 503
    assert page["Retry-After"] == "5"


def test_a_fault_rolls_everything_back(client, care_manager, team):
    client.raise_request_exception = False
    signed_in(client, care_manager)

    def half_done(*args, **kwargs):
        factories.person(team, worker=care_manager, family_name="Halfdone")
        raise RuntimeError

    with mock.patch("people.views.find.list_page", side_effect=half_done):
        assert client.get("/people/").status_code == 500
    assert not Person.objects.filter(family_name="Halfdone").exists()


def test_a_deadlock_repeats_the_request_once(client, care_manager, person):
    client.raise_request_exception = False
    signed_in(client, care_manager)
    tries = []

    def once(*args, **kwargs):
        tries.append(1)
        if len(tries) == 1:
            raise FakeDeadlock from Deadlock()
        return list_page(*args, **kwargs)

    from people.views.find import list_page

    with mock.patch("people.views.find.list_page", side_effect=once):
        assert client.get("/people/").status_code == 200
    assert len(tries) == 2


class Deadlock(Exception):
    pgcode = "40P01"


class FakeDeadlock(OperationalError):
    pass


def test_half_an_hour_of_silence_signs_out_and_typed_work_is_given_back(client, care_manager, person):
    url = reverse("people:edit", args=[person.pk])
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        signed_in(client, care_manager).get(url)
        typed = {
            "form_key": new_key(care_manager),
            "given_name": "Much",
            "what_matters": "A long text, typed with care",
        }
    with time_machine.travel(now + timedelta(minutes=31), tick=False):
        answer = client.post(url, typed)
        parked = ParkedPost.objects.get()
        assert answer.url == f"/account/login/?next=/parked/{parked.pk}/"
        assert b"typed with care" not in bytes(parked.sealed)
        signed_in(client, care_manager)
        page = client.get(f"/parked/{parked.pk}/")
    assert b"A long text, typed with care" in page.content
    assert f'action="{url}"'.encode() in page.content


def test_parked_work_is_shown_to_nobody_else(client, care_manager, team_manager, person):
    url = reverse("people:edit", args=[person.pk])
    client.post(url, {"form_key": new_key(care_manager), "given_name": "Mine"})
    parked = ParkedPost.objects.get()
    assert signed_in(client, team_manager).get(f"/parked/{parked.pk}/").status_code == 404


def test_a_session_ends_after_twelve_hours_even_when_busy(client, care_manager):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        signed_in(client, care_manager).get("/people/")
    for clicks in range(1, 25):  # every 29 minutes, the last after 11 hours 36 minutes
        with time_machine.travel(start + timedelta(minutes=29 * clicks), tick=False):
            assert client.get("/people/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=29 * 25), tick=False):
        assert client.get("/people/").status_code == 302


def test_headers_on_every_kind_of_answer(client, care_manager, person):
    signed_in(client, care_manager)
    for path in ("/people/", person.get_absolute_url(), "/nowhere/", "/admin/", "/people/?format=csv"):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"


def test_roles_that_need_a_second_factor_set_it_up_first(client, care_manager, settings):
    settings.SECOND_FACTOR_ROLES = ["care_manager"]
    answer = signed_in(client, care_manager).get("/people/")
    assert answer.url == reverse("mfa_activate_totp")


def test_ten_wrong_passwords_lock_the_door(client, care_manager):
    for _try in range(10):
        client.post("/account/login/", {"login": care_manager.email, "password": "wrong-wrong-wrong"})
    answer = client.post("/account/login/", {"login": care_manager.email, "password": factories.PASSWORD})
    assert answer.status_code in (403, 429)
    assert "_auth_user_id" not in client.session


def test_the_door_opens_with_the_right_password(client, care_manager):
    answer = client.post(
        "/account/login/", {"login": care_manager.email.upper(), "password": factories.PASSWORD}
    )
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(care_manager.pk)


@pytest.mark.parametrize("login", ["x" * 300 + "@example.org", "x" * 300])
def test_a_name_longer_than_any_address_is_refused_kindly(client, db, login):
    answer = client.post("/account/login/", {"login": login, "password": "y"})
    assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/people/"])
def test_a_broken_character_set_is_a_bad_request_not_a_fault(client, path):
    client.raise_request_exception = False
    answer = client.generic(
        "POST", path, b"\xff\xfe", content_type="application/x-www-form-urlencoded; charset=utf-16"
    )
    assert answer.status_code in (302, 400, 403)


def test_django_admin_has_no_door_of_its_own(client, administrator, care_manager, db):
    assert client.get("/admin/login/").status_code == 302
    assert signed_in(client, care_manager).get("/admin/").status_code in (302, 403)
    assert signed_in(client, administrator).get("/admin/").status_code == 200


def test_a_leaver_is_out_at_the_next_click(client, care_manager):
    signed_in(client, care_manager)
    care_manager.is_active = False
    care_manager.save()
    assert client.get("/people/").status_code == 302


def test_a_role_that_ended_is_gone_at_the_next_click(client, care_manager):
    signed_in(client, care_manager)
    care_manager.memberships.update(until=timezone.localdate())
    assert client.get("/people/").status_code == 403
