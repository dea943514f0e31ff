"""A death: friendly mail is dropped, reminders stop with the next tick, what is owed stays; and all of it undone."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from carers import actions as carers
from carers.models import Stay
from carers.rules import period
from people import actions as people
from people.models import Involvement
from placements import actions
from placements.models import OwedAfterDeath
from reviews.models import ReviewDue
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist import actions as clock
from sharedlives.worklist.models import Mail, Reminder, ReminderCopy

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(supported_person, scheme, carer, scheme_worker, care_manager):
    row = factories.existing(supported_person, scheme, carer, scheme_worker)
    factories.signed_risk(supported_person, care_manager)
    return row


def dies(person, by, days=0):
    person.refresh_from_db()
    return people.record_death(person=person, on=factories.days(days), by=by)


def owed(person):
    return OwedAfterDeath.objects.open().filter(person=person)


def test_the_next_tick_reminds_nobody_and_the_outbox_sends_nothing_friendly(
    placement, supported_person, care_manager, scheme_manager, team_manager
):
    Mail.objects.all().delete()
    clock.queue_mail(
        recipient=care_manager, template="review_record", path="/", reference=supported_person.reference
    )
    dies(supported_person, care_manager)
    assert [(m.state, m.last_error) for m in Mail.objects.all()] == [("dropped", "the person has died")]
    clock.send_reminders(as_of=timezone.localdate().replace(year=timezone.localdate().year + 2))
    told = ReminderCopy.objects.filter(reference=supported_person.reference)
    assert not told.exists()
    sent = set(Reminder.objects.filter(state="sent").values_list("deadline", flat=True))
    assert sent - {"carers.training"} == {"placements.owed_after_death"}


def test_what_is_owed_has_an_owner_and_a_date(placement, supported_person, scheme, care_manager):
    dies(supported_person, care_manager)
    today = timezone.localdate()
    rows = {row.what: (row.organisation, (row.due_on - today).days) for row in owed(supported_person)}
    assert rows == {
        "cqc": (scheme, 0),
        "family": (scheme, 0),
        "others": (scheme, 7),
        "belongings": (scheme, 28),
    }
    assert all(row.next_stage_on == row.due_on for row in owed(supported_person))


def test_somebody_whom_no_carer_supported_leaves_nothing_owed_by_a_scheme(person, care_manager):
    dies(person, care_manager)
    assert not OwedAfterDeath.objects.exists()


def test_the_scheme_sees_it_on_my_work_and_says_what_was_done(
    placement, supported_person, care_manager, scheme_worker, client
):
    dies(supported_person, care_manager)
    row = owed(supported_person).get(what="cqc")
    client.force_login(scheme_worker)
    assert "Something is owed after a death" in client.get("/").content.decode()
    url = reverse("placements:owed_after_death", args=[row.pk])
    assert "regulation 16" in client.get(url).content.decode()
    typed = {"form_key": new_key(scheme_worker), "form_version": 1, "words": "Notified online today"}
    assert client.post(url, typed).status_code == 302
    row.refresh_from_db()
    assert (row.done_on, row.done_by, row.next_stage_on) == (timezone.localdate(), scheme_worker, None)
    client.force_login(care_manager)
    assert "Notified online today" in client.get(url).content.decode()


def test_the_team_reads_how_it_stands_and_cannot_say_it_was_done(
    placement, supported_person, care_manager, client
):
    dies(supported_person, care_manager)
    row = owed(supported_person).get(what="cqc")
    client.force_login(care_manager)
    url = reverse("placements:owed_after_death", args=[row.pk])
    assert "Not done yet" in client.get(url).content.decode()
    typed = {"form_key": new_key(care_manager), "form_version": 1, "words": "Done by us"}
    assert client.post(url, typed).status_code == 404


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("placements_owed_after_death_done_in_words", "done_on = due_on, next_stage_on = NULL"),
        ("placements_owed_after_death_done_in_words", "words = 'Done'"),
        ("placements_owed_after_death_once", "what = 'cqc'"),
    ],
)
def test_the_database_keeps_it(placement, supported_person, care_manager, constraint, change):
    dies(supported_person, care_manager)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE placements_owedafterdeath SET {change}")


# -- Recorded in error -----------------------------------------------------------------------------------


def undo(person, by):
    person.refresh_from_db()
    return people.undo_death(person=person, why="A namesake", by=by)


@pytest.mark.follower("placements.actions.deaths.restore_after_death")
def test_undone_the_placement_goes_on_and_nothing_is_owed(placement, supported_person, scheme, care_manager):
    dies(supported_person, care_manager)
    undo(supported_person, care_manager)
    placement.refresh_from_db()
    assert (placement.state, placement.ended_on, placement.end_reason) == ("active", None, "")
    assert not owed(supported_person).exists()
    assert set(OwedAfterDeath.objects.values_list("words", flat=True)) == {"the death was recorded in error"}
    supports = Involvement.objects.filter(person=supported_person, organisation=scheme, role="supports")
    assert set(supports.values_list("until", flat=True)) == {None}
    told = supported_person.history.latest()
    assert told.history_change_reason == "death recorded in error: A namesake"


@pytest.mark.follower("carers.actions.deaths.restore_stays")
def test_undone_the_stay_goes_on(placement, supported_person, care_manager):
    stay = placement.bookings.get().stay
    before = (stay.state, stay.period)
    dies(supported_person, care_manager, days=-3)
    undo(supported_person, care_manager)
    stay.refresh_from_db()
    assert (stay.state, stay.period) == before


def test_what_was_agreed_or_referred_ends_and_is_not_begun_again(
    person, team, scheme, carer, care_manager, scheme_worker
):
    row = factories.agreed(
        person, team, scheme, carer, care_manager, scheme_worker, starts_on=factories.days(5)
    )
    stay, referral = row.bookings.get().stay, row.match.referral
    dies(person, care_manager)
    row.refresh_from_db()
    referral.refresh_from_db()
    assert (row.state, row.end_reason) == ("ended", "never_started")
    assert (referral.state, referral.closed_reason) == ("closed", "died")
    assert not OwedAfterDeath.objects.exists()
    undo(person, care_manager)
    row.refresh_from_db()
    stay.refresh_from_db()
    assert (row.state, stay.state) == ("ended", "released")


def test_where_the_place_is_taken_by_now_the_person_counts_as_found(
    placement, supported_person, team, home, care_manager, scheme_worker
):
    stay = placement.bookings.get().stay
    carers.set_limit(household=home, places=1, period=period(factories.days(-9)), by=scheme_worker)
    Stay.objects.filter(pk=stay.pk).update(state="booked")
    dies(supported_person, care_manager, days=-3)
    other = cast.person(team, worker=care_manager)
    carers.claim_place(
        person=other,
        household=home,
        claim="home",
        period=period(factories.days(1)),
        state="booked",
        by=scheme_worker,
    )
    undo(supported_person, care_manager)
    stay.refresh_from_db()
    assert (stay.state, stay.period.upper) == ("found", None)


@pytest.mark.follower("reviews.actions.restoring.restore_dues")
def test_undone_the_reviews_are_owed_again_on_the_dates_they_had(placement, supported_person, care_manager):
    shown = ("subject", "placement", "is_first", "first_due_on", "due_on", "next_stage_on")
    before = set(ReviewDue.objects.open().values_list(*shown))
    assert len(before) == 2
    for again in (1, 2):
        dies(supported_person, care_manager)
        assert not ReviewDue.objects.open().exists()
        undo(supported_person, care_manager)
        assert set(ReviewDue.objects.open().values_list(*shown)) == before
        assert ReviewDue.objects.filter(state="void").count() == 2 * again


def test_undone_every_clock_runs_again(placement, supported_person, care_manager):
    risk = supported_person.risk_assessments.get()
    before = risk.next_stage_on
    dies(supported_person, care_manager)
    risk.refresh_from_db()
    assert risk.next_stage_on is None
    undo(supported_person, care_manager)
    risk.refresh_from_db()
    assert risk.next_stage_on == before
    run = clock.check_stages(as_of=timezone.localdate())
    assert run.done["drifted"] == 0, run.fault


def test_what_ended_for_another_reason_stays_ended(placement, supported_person, care_manager):
    actions.end(placement=placement, on=factories.today(), reason="family", by=care_manager)
    dies(supported_person, care_manager)
    undo(supported_person, care_manager)
    placement.refresh_from_db()
    assert (placement.state, placement.end_reason) == ("ended", "family")


@pytest.mark.rule("people.no_death_recorded")
def test_there_is_nothing_to_undo_for_the_living(person, care_manager):
    with pytest.raises(RuleBroken, match="No death is recorded"):
        undo(person, care_manager)


def test_undone_on_the_page(placement, supported_person, care_manager, client):
    dies(supported_person, care_manager)
    client.force_login(care_manager)
    url = reverse("people:undo_death", args=[supported_person.pk])
    supported_person.refresh_from_db()
    typed = {"form_key": new_key(care_manager), "form_version": supported_person.version, "why": "A namesake"}
    assert client.post(url, typed).status_code == 302
    supported_person.refresh_from_db()
    assert supported_person.date_of_death is None
