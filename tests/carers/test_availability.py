"""When in the week a carer can and cannot support: written down, shown, ended; and what the database keeps."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from carers import actions, rules
from carers.codes import EVERY_DAY
from carers.models import Availability
from sharedlives.rules import RuleBroken

from .. import factories as cast
from ..careplans.pages import date_of, send, text
from . import factories

TUESDAY, FRIDAY = 1 << 1, 1 << 4
WHOLE_DAY = ["morning", "afternoon", "evening", "night"]


@pytest.fixture
def carer(council, scheme, scheme_worker):
    home = factories.home(council, scheme)
    return actions.register_carer(household=home, given_name="Hilda", family_name="Moss", by=scheme_worker)


def said(carer, by, says="cannot", weekdays=TUESDAY, parts=("evening",), since=None, **facts):
    given = {"says": says, "weekdays": weekdays, "parts": list(parts), "since": since or cast.today()}
    return actions.state_availability(carer=carer, by=by, **(given | facts))


# -- What it means -------------------------------------------------------------------------------------


def test_nothing_said_means_that_the_carer_can():
    assert rules.not_there([]) == set()


def test_what_they_cannot_is_out():
    row = Availability(says="cannot", weekdays=TUESDAY | FRIDAY, parts=["evening", "night"])
    assert rules.not_there([row]) == {(day, part) for day in (1, 4) for part in ("evening", "night")}


def test_whoever_said_when_they_can_cannot_at_any_other_time():
    can = Availability(says="can", weekdays=TUESDAY, parts=WHOLE_DAY)
    cannot = Availability(says="cannot", weekdays=EVERY_DAY, parts=["night"])
    out = rules.not_there([can, cannot])
    assert len(out) == 28 - 3
    assert (1, "evening") not in out
    assert (1, "night") in out


# -- Pages -----------------------------------------------------------------------------------------------


def test_it_is_written_down_shown_and_ended(client, carer, scheme_worker):
    client.force_login(scheme_worker)
    typed = {"says": "cannot", "weekdays": [TUESDAY], "parts": ["evening"], "words": "Sings in a choir"}
    typed |= date_of("since", cast.today())
    send(client, reverse("carers:state_availability", args=[carer.pk]), typed)
    row = Availability.objects.get()
    page = text(client.get(carer.get_absolute_url()))
    assert "Cannot support then Tuesday: evening (Sings in a choir)" in page
    assert "Evening, 5pm to 10pm Can Cannot Can Can Can Can Can" in page
    send(client, reverse("carers:end_availability", args=[row.pk]), date_of("on", cast.today()))
    row.refresh_from_db()
    assert row.until == cast.today()
    assert "Sings in a choir" not in text(client.get(carer.get_absolute_url()))


def test_it_asks_for_a_day_and_a_part_of_it(client, carer, scheme_worker):
    client.force_login(scheme_worker)
    typed = {"says": "can"} | date_of("since", cast.today())
    refused = send(client, reverse("carers:state_availability", args=[carer.pk]), typed)
    assert refused.status_code == 422
    assert not Availability.objects.exists()


def test_what_has_not_begun_stands_there_but_not_in_the_week(client, carer, scheme_worker):
    said(carer, scheme_worker, since=cast.today() + timedelta(days=30))
    client.force_login(scheme_worker)
    page = text(client.get(carer.get_absolute_url()))
    assert "Tuesday: evening" in page
    assert "Evening, 5pm to 10pm" not in page


def test_another_scheme_sees_nothing_of_it(client, carer, scheme_worker, other_scheme):
    row = said(carer, scheme_worker)
    stranger = cast.user("Sid Strange", other_scheme, "scheme_worker")
    assert not Availability.objects.visible_to(stranger).exists()
    client.force_login(stranger)
    assert client.get(reverse("carers:end_availability", args=[row.pk])).status_code == 404


def test_several_days_and_parts_in_words(carer, scheme_worker):
    row = said(carer, scheme_worker, weekdays=EVERY_DAY, parts=WHOLE_DAY[:3])
    assert str(row) == "Every day: morning, afternoon and evening"


# -- What the database keeps ---------------------------------------------------------------------------------


@pytest.mark.rule("carers.availability_when")
@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("carers_availability_on_weekdays", {"weekdays": 0}),
        ("carers_availability_on_weekdays", {"weekdays": 128}),
        ("carers_availability_for_a_part_of_the_day", {"parts": []}),
        ("carers_availability_for_a_part_of_the_day", {"parts": ["teatime"]}),
        ("carers_availability_dates_in_order", {"until": cast.today() - timedelta(days=1)}),
    ],
)
def test_refused_in_words_and_by_direct_sql(carer, scheme_worker, constraint, wrong):
    with pytest.raises(RuleBroken) as refused:
        said(carer, scheme_worker, **wrong)
    assert refused.value.rule == rules.AVAILABILITY_WHEN
    said(carer, scheme_worker)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Availability.objects.update(**wrong)
