"""Wishes, changes and reassessments: an owner and a date or nothing, an answer or no end."""

from datetime import time, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from careplans import actions, tasks
from careplans.deadlines import REASSESSMENT, WISH
from careplans.models import PlanPolicy, Reassessment, Wish
from careplans.panels import WISHES
from people import actions as people
from people.models import Membership
from sharedlives.rules import RuleBroken, Stale

from .. import factories as cast
from . import factories
from .pages import date_of, queries_of, send, text


def url(name, row, *more):
    return reverse(f"careplans:{name}", args=[row.pk, *more])


def assert_broken(code, act, **facts):
    with pytest.raises(RuleBroken) as refusal:
        act(**facts)
    assert refusal.value.rule.code == code


@pytest.fixture
def signed_in(client, care_manager):
    client.force_login(care_manager)
    return client


@pytest.fixture
def wish(supported_person, care_manager):
    return actions.write_wish(person=supported_person, words="A cat of my own", by=care_manager)


@pytest.fixture
def reassessment(person, care_manager):
    return actions.open_reassessment(
        person=person,
        cause="carer",
        what_happened="Grace broke her hip",
        happened_on=cast.today(),
        by=care_manager,
    )


# -- Wishes --------------------------------------------------------------------------------------------


def test_a_wish_belongs_to_its_writer_until_the_policys_day(
    wish, council, care_manager, team, supported_person
):
    assert (wish.owner, wish.organisation, wish.due_on) == (
        care_manager,
        team,
        cast.today() + timedelta(days=28),
    )
    PlanPolicy.objects.create(council=council, in_force_from=cast.today(), wish_days=10)
    quicker = actions.write_wish(person=supported_person, words="A dog", by=care_manager)
    assert quicker.due_on == cast.today() + timedelta(days=10)


@pytest.mark.parametrize("column", ["owner_id", "due_on"])
def test_without_owner_or_date_there_is_no_wish_by_direct_sql_either(wish, column):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE careplans_wish SET {column} = NULL")


@pytest.mark.rule("careplans.wish_has_words", "careplans.owner_sees_the_person", "careplans.due_day_to_come")
@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("careplans.wish_has_words", {"words": " "}),
        ("careplans.due_day_to_come", {"due_on": cast.today() - timedelta(days=1)}),
        ("careplans.owner_sees_the_person", {"owner": "charlie"}),
    ],
)
def test_refusals_of_a_wish(person, care_manager, charlie, code, facts):
    facts = {"words": "x"} | facts
    if "owner" in facts:
        facts["owner"] = charlie
    assert_broken(code, actions.write_wish, person=person, by=care_manager, **facts)


def test_written_down_on_the_page_passed_on_and_answered(
    signed_in, supported_person, scheme_worker, care_manager
):
    due = cast.today() + timedelta(days=5)
    typed = {"words": "A cat of my own", "said_by": "person", "kind": "wish", "owner": care_manager.pk}
    send(signed_in, url("write_wish", supported_person), typed | date_of("due_on", due))
    wish = Wish.objects.get()
    send(signed_in, url("pass_on", wish), {"owner": scheme_worker.pk} | date_of("due_on", due))
    wish.refresh_from_db()
    assert wish.owner == scheme_worker
    assert list(WISH.owed_by(scheme_worker)) == [wish]
    assert list(WISH.waits_for(care_manager)) == [wish]
    signed_in.force_login(scheme_worker)
    told = {"state": "not_possible", "told": "The landlord says no; we look for a home with cats"}
    send(signed_in, url("answer_wish", wish), told | date_of("closed_on", cast.today()))
    assert not WISH.open().exists()
    assert "we look for a home with cats" in text(signed_in.get(url("wishes", supported_person)))


@pytest.mark.rule("careplans.wish_ends_with_an_answer", "careplans.answered_stays_answered")
def test_a_wish_ends_only_with_what_the_person_was_told(wish, care_manager):
    facts = {"wish": wish, "state": "done", "closed_on": cast.today(), "by": care_manager}
    assert_broken("careplans.wish_ends_with_an_answer", actions.answer_wish, told=" ", **facts)
    actions.answer_wish(told="She has it", **facts)
    assert_broken("careplans.answered_stays_answered", actions.answer_wish, told="x", **facts)


WITHOUT_SENSE = [
    ("careplans_wish_has_words", "UPDATE careplans_wish SET words = ''"),
    ("careplans_wish_ends_with_an_answer", "UPDATE careplans_wish SET state = 'done', next_stage_on = NULL"),
    ("careplans_wish_ends_with_an_answer", "UPDATE careplans_wish SET told = 'x'"),
    (
        "careplans_answered_wish_reminds_nobody",
        "UPDATE careplans_wish SET state = 'done', told = 'x', closed_on = due_on, next_stage_on = due_on",
    ),
    ("careplans_reassessment_says_why", "UPDATE careplans_reassessment SET what_happened = ''"),
    (
        "careplans_reassessment_ends_with_an_outcome",
        "UPDATE careplans_reassessment SET state = 'not_needed', next_stage_on = NULL",
    ),
    (
        "careplans_reassessed_by_an_assessment",
        "UPDATE careplans_reassessment SET state = 'done', outcome = 'x', closed_on = due_on, next_stage_on = NULL",
    ),
    (
        "careplans_closed_reassessment_reminds_nobody",
        "UPDATE careplans_reassessment SET state = 'not_needed', outcome = 'x', closed_on = due_on, "
        "next_stage_on = due_on",
    ),
]


@pytest.mark.parametrize(("constraint", "sql"), WITHOUT_SENSE)
def test_direct_sql_is_refused(wish, reassessment, constraint, sql):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_a_stale_answer_is_told(wish, care_manager, scheme_worker):
    actions.pass_on(wish=wish, owner=scheme_worker, due_on=wish.due_on, by=care_manager, version=1)
    with pytest.raises(Stale):
        actions.answer_wish(
            wish=wish, state="done", told="x", closed_on=cast.today(), by=care_manager, version=1
        )


def test_a_scheme_reads_what_it_wrote_or_sees_to_and_nothing_else(
    supported_person, care_manager, scheme_worker, other_scheme, charlie
):
    cast.supports(supported_person, other_scheme)
    other = cast.user("Other Worker", other_scheme, "scheme_worker")
    own = actions.write_wish(person=supported_person, words="Swim", by=scheme_worker)
    given = actions.write_wish(person=supported_person, words="Cook", by=care_manager, owner=scheme_worker)
    council = actions.write_wish(person=supported_person, words="Move away", by=care_manager)
    assert set(Wish.objects.visible_to(scheme_worker)) == {own, given}
    assert set(Wish.objects.visible_to(care_manager)) == {own, given, council}
    assert not Wish.objects.visible_to(other).exists()
    assert not Wish.objects.visible_to(charlie).exists()


@pytest.mark.follower("careplans.actions.mourning.remind_again")
def test_after_death_nobody_is_reminded(wish, supported_person, reassessment, care_manager):
    people.record_death(person=supported_person, on=cast.today(), by=care_manager)
    assert not WISH.open().exists()
    assert not REASSESSMENT.open().exists()
    wish.refresh_from_db()
    reassessment.refresh_from_db()
    assert (wish.next_stage_on, reassessment.next_stage_on) == (None, None)
    assert wish.state == "open"
    supported_person.date_of_death = None
    supported_person.save()
    actions.remind_again(person=supported_person, by=care_manager)
    wish.refresh_from_db()
    reassessment.refresh_from_db()
    assert wish.next_stage_on == wish.due_on - timedelta(days=7)
    assert reassessment.next_stage_on == reassessment.due_on - timedelta(days=7)


def test_open_wishes_stand_on_the_persons_page(
    care_manager, wish, supported_person, django_assert_num_queries
):
    care_manager.current_memberships()
    with django_assert_num_queries(1):
        facts = WISHES.facts(care_manager, supported_person)
        assert list(facts["wishes"]) == [wish]
        assert list(facts["support"]) == []


@pytest.mark.follower("careplans.actions.wishes.wish_by_note")
def test_a_quick_note_feeds_a_wish_of_the_writers(signed_in, supported_person, care_manager, scheme_worker):
    day = date_of("happened_on", cast.today())
    note = {"how": "visit", "saw_person": "on", "words": "Well. Made tea.", "wish": "  To see the sea "}
    send(signed_in, reverse("people:note", args=[supported_person.pk]), note | day)
    found = Wish.objects.get()
    assert (found.words, found.owner, found.kind) == ("To see the sea", care_manager, "wish")
    assert found.due_on == cast.today() + timedelta(days=28)
    signed_in.force_login(scheme_worker)
    send(signed_in, reverse("people:note", args=[supported_person.pk]), note | day | {"wish": " "})
    assert Wish.objects.count() == 1


# -- A smaller package, a service that closes -------------------------------------------------------------


def with_brook(person, by, weekdays, until=None):
    draft = factories.draft(person, by)
    for service in draft.services.all():
        actions.remove_service(service=service, by=by)
    actions.add_service(plan=draft, by=by, kind="shared_lives", name="Lives with the Okafors")
    if weekdays:
        hours = {"starts_at": time(9), "ends_at": time(15), "weekdays": weekdays}
        actions.add_service(plan=draft, by=by, kind="day", name="Brook day service", until=until, **hours)
    draft.refresh_from_db()
    return factories.sign(draft, by)


def test_a_smaller_package_opens_a_change_for_the_care_manager(person, care_manager, team_manager):
    with_brook(person, team_manager, [0, 1, 2])
    assert not Wish.objects.exists()
    with_brook(person, team_manager, [0])
    change = Wish.objects.get()
    assert (change.kind, change.owner) == ("change", care_manager)
    assert change.words.startswith("12 more hours a week rest on the carer alone since version 2")
    with_brook(person, team_manager, [0, 1])
    assert Wish.objects.count() == 1


def test_a_service_closes_shows_everybody_and_opens_a_change_for_each(
    signed_in, person, care_manager, team, other_team, charlie
):
    second = cast.person(team, worker=care_manager)
    stranger = cast.person(other_team, worker=charlie)
    for who, by in ((person, care_manager), (second, care_manager), (stranger, charlie)):
        with_brook(who, by, [0])
    page = signed_in.get(reverse("careplans:closing"), {"service": "brook"}, follow=True)
    words = text(page)
    assert str(person) in words
    assert str(second) in words
    assert str(stranger) not in words
    closes_on = cast.today() + timedelta(days=30)
    address = reverse("careplans:service_closes", args=["brook"])
    send(signed_in, address, {"words": "Brook closes for good"} | date_of("closes_on", closes_on))
    assert {(w.person, w.due_on) for w in Wish.objects.all()} == {(person, closes_on), (second, closes_on)}
    assert len(queries_of(signed_in, address)) <= 12
    assert "None of your people" in text(signed_in.get(reverse("careplans:service_closes", args=["zzz"])))


def test_a_service_that_ends_by_its_own_last_day_opens_a_change_once(person, care_manager, team_manager):
    tomorrow = cast.today() + timedelta(days=1)
    with_brook(person, team_manager, [0, 1, 2], until=tomorrow)
    look = actions.look_at_ended_services
    assert look(as_of=cast.today()).done == {"opened": 0, "nobody_to_ask": 0}
    assert look(as_of=tomorrow).done == {"opened": 1, "nobody_to_ask": 0}
    change = Wish.objects.get()
    assert (change.kind, change.owner, change.written_by) == ("change", care_manager, None)
    assert change.words.startswith(
        f"Brook day service ended on {tomorrow:%-d %B %Y}. 18 more hours a week rest"
    )
    assert look(as_of=tomorrow).done == {"opened": 0, "nobody_to_ask": 0}
    call_command("look_at_ended_services", "--as-of", str(tomorrow))
    tasks.look_at_ended_services()
    assert Wish.objects.count() == 1


def test_where_nobody_is_named_the_manager_sees_to_a_service_that_ended(person, team_manager):
    with_brook(person, team_manager, [0], until=cast.today() + timedelta(days=1))
    involvement = person.involvements.get(role="funds")
    people.change_worker(involvement=involvement, worker=None, by=team_manager)
    actions.look_at_ended_services(as_of=cast.today() + timedelta(days=1))
    assert Wish.objects.get().owner == team_manager


def test_where_nobody_can_the_next_night_asks_again(person, team_manager):
    later = cast.today() + timedelta(days=1)
    with_brook(person, team_manager, [0], until=later)
    Membership.objects.update(until=cast.today())
    assert actions.look_at_ended_services(as_of=later).done == {"opened": 0, "nobody_to_ask": 1}


# -- Reassessment -------------------------------------------------------------------------------------------


def test_a_major_change_opens_a_reassessment_beside_the_councils_procedure(signed_in, person, care_manager):
    page = text(signed_in.get(url("reassess", person)))
    assert "What to do" in page
    assert "ask what they want first" in page
    typed = {"cause": "carer", "what_happened": "Grace is ill", "owner": care_manager.pk}
    typed |= date_of("happened_on", cast.today()) | date_of("due_on", cast.today() + timedelta(days=9))
    send(signed_in, url("reassess", person), typed)
    row = Reassessment.objects.get()
    assert list(REASSESSMENT.owed_by(care_manager)) == [row]
    done = factories.assessment(person, care_manager)
    send(
        signed_in,
        url("close_reassessment", row),
        {"state": "done", "assessment": done.pk, "outcome": "More breaks"},
    )
    row.refresh_from_db()
    assert (row.state, row.assessment, row.closed_on) == ("done", done, cast.today())
    assert "More breaks" in text(signed_in.get(row.get_absolute_url()))
    assert not REASSESSMENT.open().exists()


@pytest.mark.rule("careplans.reassessed_by_an_assessment", "careplans.reassessment_ends_with_an_outcome")
def test_refusals_of_a_reassessment(reassessment, person, team, care_manager):
    close = {"reassessment": reassessment, "by": care_manager}
    code = "careplans.reassessed_by_an_assessment"
    assert_broken(code, actions.close_reassessment, state="done", outcome="x", **close)
    draft = factories.assessment(person, care_manager, state="draft")
    assert_broken(code, actions.close_reassessment, state="done", outcome="x", assessment=draft, **close)
    foreign = factories.assessment(cast.person(team), care_manager)
    assert_broken(code, actions.close_reassessment, state="done", outcome="x", assessment=foreign, **close)
    code = "careplans.reassessment_ends_with_an_outcome"
    seen = {"seen_how": "visit", "seen_on": cast.today(), "seen_where": "At home"}
    assert_broken(code, actions.close_reassessment, state="not_needed", outcome=" ", **seen, **close)


def test_schemes_do_not_open_reassessments(client, supported_person, scheme_worker):
    client.force_login(scheme_worker)
    assert client.get(url("reassess", supported_person)).status_code == 404
    assert "Reassess after" not in text(client.get(url("wishes", supported_person)))


def test_pages_cost_little(signed_in, wish, reassessment, supported_person):
    for address in (
        url("wishes", supported_person),
        wish.get_absolute_url(),
        reassessment.get_absolute_url(),
        url("write_wish", supported_person),
        url("reassess", supported_person),
        url("pass_on", wish),
    ):
        assert len(queries_of(signed_in, address)) <= 12, address
