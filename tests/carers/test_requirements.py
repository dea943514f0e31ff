"""Checks, insurances and reviews: how long they last, who is told, and what a lapse stops."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from carers import actions
from carers.models import Carer, Requirement, RequirementKind, Training, TrainingCourse
from carers.queries import lapsed_for
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist import actions as clock
from sharedlives.worklist.gaps import REGISTRY
from sharedlives.worklist.models import ReminderCopy

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db
NUMBERED = {"number": "001234567890", "level": "barred"}


def ago(days):
    return cast.today() - timedelta(days=days)


def kind(slug):
    return RequirementKind.objects.get(slug=slug)


@pytest.fixture
def carer(home, scheme, scheme_worker):
    return factories.carer(home, scheme, worker=scheme_worker)


@pytest.fixture
def record(carer, scheme_worker):
    """Record something for the carer, unless for somebody else."""

    def record(slug, done_on, **facts):
        subject = {"carer": carer} if not {"member", "household"} & set(facts) else {}
        return actions.record_requirement(
            kind=kind(slug), done_on=done_on, by=scheme_worker, **subject, **facts
        )

    return record


def lapsed(carer, on=None):
    return [row.what for row in lapsed_for(carer, on or cast.today())]


def test_the_newest_alone_has_a_clock(record, carer):
    old = record("public-liability", ago(400))
    assert lapsed(carer) == ["Public liability insurance"]
    new = record("public-liability", ago(1))
    old.refresh_from_db()
    assert (old.due_on, old.next_stage_on, new.due_on) == (None, None, new.expires_on)
    assert lapsed(carer) == []
    late = record("public-liability", ago(300))
    assert late.due_on is None
    assert clock.check_stages(as_of=cast.today()).done["drifted"] == 0


def test_the_worker_is_told_before_and_the_manager_after(record, scheme_worker, scheme_manager):
    row = record("public-liability", ago(100))
    for offset in (-56, -28, 0, 1):
        clock.send_reminders(as_of=row.due_on + timedelta(days=offset))
    copies = ReminderCopy.objects.filter(reminder__deadline="carers.requirement")
    told = [(c.reminder.stage, c.recipient) for c in copies.order_by("reminder__stage_on")]
    assert told[-2:] == [("expired", scheme_worker), ("lapsed", scheme_manager)]
    assert len(told) == 4


@pytest.mark.rule("carers.check_has_number")
def test_a_check_has_its_number(record):
    with pytest.raises(RuleBroken, match="number and its level"), transaction.atomic():
        record("dbs", ago(3))
    assert record("dbs", ago(3), **NUMBERED).number == "001234567890"


@pytest.mark.rule("carers.requirement_done_already")
def test_nothing_is_done_before_its_day(record):
    with pytest.raises(RuleBroken, match="once it was done"):
        record("references", ago(-1))


@pytest.mark.rule("carers.requirement_not_theirs")
def test_the_home_has_no_references(record, home):
    with pytest.raises(RuleBroken, match="asked of somebody else"):
        record("references", ago(1), household=home)


@pytest.mark.rule("carers.requirement_lasts")
def test_it_does_not_end_before_it_began(record):
    with pytest.raises(RuleBroken, match="end before it began"):
        record("references", ago(1), expires_on=ago(5))


def test_a_scheme_that_is_not_satisfied_places_nobody(record, carer):
    record("dbs", ago(3), **NUMBERED)
    assert lapsed(carer) == []
    record("dbs", ago(1), decision="not_satisfied", **NUMBERED)
    assert lapsed(carer) == ["DBS check"]


def test_every_adult_in_the_home_and_the_home_itself_count(record, carer, home, scheme, scheme_worker):
    partner = factories.carer(home, scheme)
    record("home-safety", ago(400), household=home)
    actions.record_requirement(
        kind=kind("dbs"), done_on=ago(1200), carer=partner, by=scheme_worker, **NUMBERED
    )
    actions.record_requirement(
        kind=kind("public-liability"), done_on=ago(500), carer=partner, by=scheme_worker
    )
    assert lapsed(carer) == ["DBS check", "Health and safety check of the home"]
    assert len(lapsed(partner)) == 3
    actions.end_carer(carer=partner, on=cast.today(), by=None)
    assert lapsed(carer) == ["Health and safety check of the home"]


def test_an_eighteenth_birthday_opens_a_check(carer, home, scheme_worker, record):
    born = (cast.today() - timedelta(days=365 * 17)).replace(day=1)
    member = actions.add_member(
        household=home, given_name="Ada", relation="daughter", born_in=born, by=scheme_worker
    )
    row = Requirement.objects.get(member=member)
    assert row.due_on == born.replace(year=born.year + 18)
    assert row.done_on is None
    assert (lapsed(carer), lapsed(carer, row.due_on)) == ([], ["DBS check"])
    record("dbs", ago(1), member=member, **NUMBERED)
    assert Requirement.objects.get(member=member).done_on == ago(1)
    assert lapsed(carer, row.due_on) == []


def test_somebody_of_full_age_who_moves_in_is_checked_within_four_weeks(home, scheme_worker):
    member = actions.add_member(household=home, given_name="Bo", relation="lodger", by=scheme_worker)
    assert Requirement.objects.get(member=member).due_on == ago(-28)


@pytest.mark.rule("carers.exempt_until")
def test_an_exemption_has_a_reason_and_an_end(record, carer, scheme_manager):
    record("public-liability", ago(400))
    for why, until in (("", ago(-30)), ("Insured by the council", None)):
        with pytest.raises(RuleBroken, match="a reason, and a day"):
            actions.exempt(
                kind=kind("public-liability"), carer=carer, because=why, until=until, by=scheme_manager
            )
    actions.exempt(
        kind=kind("public-liability"),
        carer=carer,
        because="Insured by the council",
        until=ago(-30),
        by=scheme_manager,
    )
    assert lapsed(carer) == []
    assert lapsed(carer, ago(-30)) == ["Public liability insurance"]


@pytest.mark.rule("carers.no_exemption")
def test_from_courses_too_but_never_from_that_for_emergencies(carer, scheme_manager):
    facts = {"carer": carer, "because": "A nurse", "until": ago(-90), "by": scheme_manager}
    first_aid = TrainingCourse.objects.get(slug="first-aid")
    old = factories.training(carer, first_aid, done_on=ago(2000), expires_on=ago(900))
    Training.objects.filter(pk=old.pk).update(due_on=ago(900))
    row = actions.exempt_from_course(course=first_aid, **facts)
    assert row.lasts(cast.today())
    assert not row.lasts(ago(-90))
    assert list(Training.objects.to_renew()) == [row]
    with pytest.raises(RuleBroken, match="Nobody is exempt"):
        actions.exempt_from_course(course=TrainingCourse.objects.get(for_emergencies=True), **facts)
    with pytest.raises(RuleBroken, match="a reason, and a day"):
        actions.exempt_from_course(course=first_aid, **facts | {"because": " "})


@pytest.mark.parametrize(
    ("table", "constraint", "change"),
    [
        ("carers_requirement", "carers_requirement_of_one", "carer_id = NULL"),
        ("carers_requirement", "carers_requirement_dates_in_order", "expires_on = done_on"),
        ("carers_requirement", "carers_requirement_exempt_until", "exempt_because = 'x', expires_on = NULL"),
        ("carers_requirement", "carers_requirement_done_or_owed", "done_on = NULL, due_on = NULL"),
        ("carers_training", "carers_training_exempt_until", "exempt_because = 'x'"),
    ],
)
def test_the_database_keeps_it(record, carer, table, constraint, change):
    record("public-liability", ago(10))
    factories.training(carer, TrainingCourse.objects.first())
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {change}")


def test_a_lapse_is_a_gap_only_where_somebody_is_supported(record, carer, home, scheme, people):
    record("public-liability", ago(400))
    found = REGISTRY["carers.requirement_lapsed"].found
    assert not found(cast.today())
    factories.stay(people[0], home, first=-400)
    assert [row["subject_id"] for row in found(cast.today())] == [carer.pk]


def test_on_the_pages(carer, home, scheme_manager, client):
    client.force_login(scheme_manager)
    typed = {
        "form_key": new_key(scheme_manager),
        "kind": kind("public-liability").pk,
        "decision": "satisfied",
    }
    day = ago(400)
    typed |= {"done_on_0": day.day, "done_on_1": day.month, "done_on_2": day.year}
    url = reverse("carers:record_requirement", args=["carer", carer.pk])
    assert client.post(url, typed).status_code == 302
    page = client.get(carer.get_absolute_url()).content.decode()
    assert "Nobody new is placed here: Public liability insurance has lapsed" in page
    row = Requirement.objects.get()
    led = client.get(reverse("carers:renew_requirement", args=[row.pk]))
    assert led.url == f"{url}?kind={row.kind_id}"
    day = ago(-60)
    typed = {
        "form_key": new_key(scheme_manager),
        "what": f"kind-{row.kind_id}",
        "because": "Renewal is on its way",
    }
    typed |= {"until_0": day.day, "until_1": day.month, "until_2": day.year}
    assert client.post(reverse("carers:exempt", args=["carer", carer.pk]), typed).status_code == 302
    page = client.get(carer.get_absolute_url()).content.decode()
    assert "Renewal is on its way" in page
    assert "Nobody new" not in page
    assert "Home insurance" in client.get(home.get_absolute_url()).content.decode()
    assert client.get(reverse("carers:record_requirement", args=["person", carer.pk])).status_code == 404
    assert Carer.objects.count() == 1
