"""Between two versions: still right, wanted sooner; changes a scheme noticed; needs that will come; notices to CQC."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse

from people import actions as people
from people.models import ContactNote
from risk import actions
from risk.deadlines import CHANGE, CQC_NOTICE, FORESEEN, LOOK_AGAIN, RISK_REVIEW, STILL_RIGHT
from risk.models import ChangeNoticed, ForeseenNeed, LookAgain, RiskCheck
from sharedlives.permissions import Role
from sharedlives.worklist.actions import send_reminders
from sharedlives.worklist.models import ReminderCopy

from .. import factories as cast
from ..careplans.pages import send
from ..careplans.test_models import assert_refused, run
from . import factories
from .test_actions import assert_broken, in_days


def told(deadline, as_of):
    send_reminders(as_of=as_of, limit_seconds=None)
    copies = ReminderCopy.objects.filter(reminder__deadline=deadline.name)
    return list(copies.order_by("id").values_list("recipient__name", flat=True))


# -- Still right ---------------------------------------------------------------------------------------


@pytest.mark.rule("risk.unchanged_twice")
def test_still_right_is_one_click_and_the_second_time_running_asks_why(person, care_manager):
    row = factories.signed(person, care_manager)
    facts = {"assessment": row, "seen_where": "At home", "by": care_manager}
    check = actions.still_right(**facts)
    assert check.due_on == cast.today() + relativedelta(months=12)
    assert not RISK_REVIEW.open().exists()
    assert list(STILL_RIGHT.owed_by(care_manager)) == [check]
    assert_broken("risk.unchanged_twice", actions.still_right, **facts)
    again = actions.still_right(why="Went through it with her sister", **facts)
    assert list(STILL_RIGHT.open()) == [again]


@pytest.mark.follower("risk.actions.checks.confirm_by_note")
def test_a_note_that_says_so_is_the_check(person, care_manager):
    row = factories.signed(person, care_manager)
    facts = {"person": person, "how": "visit", "where": "carer_home", "words": "Well.", "by": care_manager}
    people.write_contact_note(saw_person=True, **facts)
    assert not RiskCheck.objects.exists()
    people.write_contact_note(saw_person=True, risk_still_right=True, **facts)
    check = RiskCheck.objects.get()
    assert (check.assessment, check.checked_by, check.seen_where) == (row, care_manager, "The carer's home")
    assert list(STILL_RIGHT.owed_by(care_manager)) == [check]


@pytest.mark.rule("risk.confirmed_by_a_note")
def test_a_note_confirms_nothing_unseen_unsigned_or_twice_running(person, care_manager):
    facts = {"person": person, "how": "visit", "words": "Well.", "risk_still_right": True, "by": care_manager}
    note = people.write_contact_note
    assert_broken("risk.confirmed_by_a_note", note, saw_person=True, **facts)
    factories.signed(person, care_manager)
    assert_broken("risk.confirmed_by_a_note", note, saw_person=False, **facts)
    note(saw_person=True, **facts)
    assert_broken("risk.confirmed_by_a_note", note, saw_person=True, **facts)
    assert RiskCheck.objects.count() == ContactNote.objects.count() == 1


def test_the_tick_is_offered_to_whoever_signs_risks_and_a_refused_note_keeps_its_words(
    client, supported_person, care_manager, scheme_worker
):
    address = reverse("people:note", args=[supported_person.pk])
    for user, offered in ((care_manager, True), (scheme_worker, False)):
        client.force_login(user)
        assert ('name="risk_still_right"' in client.get(address).text) == offered
    client.force_login(care_manager)
    day = {
        f"happened_on_{n}": part
        for n, part in enumerate((cast.today().day, cast.today().month, cast.today().year))
    }
    refused = send(client, address, {"how": "visit", "words": "Made tea", "risk_still_right": "on", **day})
    assert refused.status_code == 422
    assert "Made tea" in refused.text
    assert "Take the tick out" in refused.text


@pytest.mark.rule("risk.check_the_newest")
def test_only_the_version_that_holds_is_checked(person, care_manager):
    old = factories.signed(person, care_manager)
    check = actions.still_right(assessment=old, seen_where="At home", by=care_manager)
    new = factories.signed(person, care_manager, [factories.risk(hazard="Other")])
    assert_broken(
        "risk.check_the_newest", actions.still_right, assessment=old, seen_where="x", by=care_manager
    )
    check.refresh_from_db()
    assert (check.is_newest, check.next_stage_on) == (False, None)
    assert list(RISK_REVIEW.open()) == [new]
    assert not STILL_RIGHT.open().exists()


@pytest.mark.rule("risk.signed_by_council")
def test_a_scheme_does_not_sign_a_check(supported_person, care_manager, scheme_worker):
    row = factories.signed(supported_person, care_manager)
    assert_broken(
        "risk.signed_by_council", actions.still_right, assessment=row, seen_where="x", by=scheme_worker
    )


@pytest.mark.follower("risk.actions.checks.look_again_after_incident")
def test_an_incident_pulls_the_risk_review_forward_until_somebody_looked(
    supported_person, care_manager, scheme_worker
):
    row = factories.signed(supported_person, care_manager)
    incident = factories.incident(supported_person, scheme_worker)
    wanted = LookAgain.objects.get()
    assert (wanted.incident, wanted.due_on, wanted.assessment) == (incident, in_days(7), row)
    assert list(LOOK_AGAIN.owed_by(care_manager)) == [wanted]
    factories.incident(supported_person, scheme_worker)
    assert LookAgain.objects.count() == 1, "one is enough"
    actions.still_right(assessment=row, seen_where="At home", by=care_manager)
    assert not LOOK_AGAIN.open().exists()


def test_what_is_due_sooner_anyway_is_not_wanted_again(supported_person, care_manager, scheme_worker):
    factories.signed(supported_person, care_manager, [factories.risk(next_review_on=in_days(5))])
    factories.incident(supported_person, scheme_worker)
    assert not LookAgain.objects.exists()


def test_death_stops_checks_and_what_was_wanted(supported_person, care_manager, scheme_worker):
    row = factories.signed(supported_person, care_manager)
    actions.still_right(assessment=row, seen_where="At home", by=care_manager)
    factories.incident(supported_person, scheme_worker)
    people.record_death(person=supported_person, on=cast.today(), by=care_manager)
    assert not RiskCheck.objects.exclude(next_stage_on=None).exists()
    assert not LookAgain.objects.exclude(next_stage_on=None).exists()


def test_a_death_recorded_in_error_gives_every_clock_back(supported_person, care_manager, scheme_worker):
    row = factories.signed(supported_person, care_manager)
    check = actions.still_right(assessment=row, seen_where="At home", by=care_manager)
    factories.incident(supported_person, scheme_worker)
    wanted = LookAgain.objects.get()
    people.record_death(person=supported_person, on=cast.today(), by=care_manager)
    assert not STILL_RIGHT.open().exists()
    people.undo_death(person=supported_person, why="It was his brother", by=care_manager)
    assert (list(STILL_RIGHT.open()), list(LOOK_AGAIN.open())) == ([check], [wanted])
    for clock in (check, wanted):
        before = clock.next_stage_on
        clock.refresh_from_db()
        assert clock.next_stage_on == before is not None


# -- Changes ------------------------------------------------------------------------------------------


@pytest.fixture
def change(supported_person, scheme_worker):
    return actions.notice_change(
        person=supported_person, kind="mood", words="Quiet since May", by=scheme_worker
    )


def test_a_change_is_work_for_the_care_manager_and_climbs_to_the_manager(
    change, care_manager, team_manager, scheme_worker
):
    assert list(CHANGE.owed_by(care_manager)) == [change]
    assert list(CHANGE.waits_for(scheme_worker)) == [change]
    assert told(CHANGE, cast.today()) == ["Amina Yusuf"]
    assert told(CHANGE, change.due_on) == ["Amina Yusuf"] * 2
    assert told(CHANGE, change.due_on + timedelta(days=2)) == ["Amina Yusuf"] * 2 + ["Tom Ellery"]


@pytest.mark.rule("risk.change_answered")
def test_the_scheme_reads_the_answer_and_there_is_one(client, change, care_manager, scheme_worker):
    facts = {"change": change, "outcome": "watch", "answer": "I come on Monday", "by": care_manager}
    actions.answer_change(**facts)
    assert_broken("risk.change_answered", actions.answer_change, **facts)
    client.force_login(scheme_worker)
    assert "I come on Monday" in client.get(change.get_absolute_url()).content.decode()
    assert not CHANGE.open().exists()


@pytest.mark.rule("risk.council_answers")
def test_the_scheme_does_not_answer_itself(change, scheme_worker):
    facts = {"change": change, "outcome": "watch", "answer": "x", "by": scheme_worker}
    assert_broken("risk.council_answers", actions.answer_change, **facts)


@pytest.mark.rule("risk.change_answered_in_words", "risk.change_has_its_words")
def test_change_and_answer_have_words(change, supported_person, care_manager, scheme_worker):
    facts = {"change": change, "outcome": "watch", "answer": " ", "by": care_manager}
    assert_broken("risk.change_answered_in_words", actions.answer_change, **facts)
    facts = {"person": supported_person, "kind": "mood", "words": " ", "by": scheme_worker}
    assert_broken("risk.change_has_its_words", actions.notice_change, **facts)


@pytest.mark.rule("risk.noticed_by_today")
def test_a_change_is_not_noticed_tomorrow(supported_person, scheme_worker):
    facts = {"person": supported_person, "kind": "mood", "words": "x", "by": scheme_worker}
    assert_broken("risk.noticed_by_today", actions.notice_change, noticed_on=in_days(1), **facts)


def test_an_answer_may_want_the_risks_sooner(change, supported_person, care_manager):
    factories.signed(supported_person, care_manager)
    actions.answer_change(change=change, outcome="risk", answer="We look at them", by=care_manager)
    assert LookAgain.objects.get().why == "change"


def test_another_scheme_and_another_council_do_not_see_it(change, supported_person, other_scheme, charlie):
    stranger = cast.user("Hill", other_scheme, Role.SCHEME_WORKER)
    cast.supports(supported_person, other_scheme, worker=stranger)
    for user in (stranger, charlie):
        assert not ChangeNoticed.objects.visible_to(user).exists()


# -- What will come ------------------------------------------------------------------------------------


@pytest.mark.rule("risk.look_again_later")
def test_a_foreseen_need_has_an_owner_and_a_later_date(person, care_manager, team):
    facts = {"person": person, "words": "His mother is frail", "by": care_manager}
    assert_broken("risk.look_again_later", actions.foresee, look_again_on=cast.today(), **facts)
    need = actions.foresee(look_again_on=in_days(90), **facts)
    assert (need.owner, list(FORESEEN.owed_by(care_manager))) == (care_manager, [need])
    assert told(FORESEEN, in_days(90)) == ["Amina Yusuf"]
    moved = actions.foresee(
        need=need, person=person, words="She moved", look_again_on=in_days(120), by=care_manager
    )
    assert moved.due_on == in_days(120)
    actions.close_need(need=moved, what_came="Lives nearer now", by=care_manager)
    assert not FORESEEN.open().exists()


def test_a_scheme_does_not_read_what_is_foreseen(supported_person, care_manager, scheme_worker):
    actions.foresee(person=supported_person, words="x", look_again_on=in_days(9), by=care_manager)
    assert not ForeseenNeed.objects.visible_to(scheme_worker).exists()


# -- The Care Quality Commission -----------------------------------------------------------------------


@pytest.mark.rule("risk.cqc_told_between")
def test_the_schemes_manager_has_a_clock_to_tell_the_commission(
    supported_person, scheme, care_manager, scheme_worker, scheme_manager
):
    found = factories.incident(supported_person, care_manager, cqc_notifiable=True, cqc_kind="injury")
    assert (found.cqc_owed_by, found.due_on) == (scheme, in_days(1))
    assert list(CQC_NOTICE.owed_by(scheme_manager)) == [found]
    assert told(CQC_NOTICE, cast.today()) == ["Owen Price"]
    assert_broken("risk.cqc_told_between", actions.tell_cqc, incident=found, on=in_days(1), by=scheme_manager)
    actions.tell_cqc(incident=found, on=cast.today(), by=scheme_manager)
    assert not CQC_NOTICE.open().exists()


# -- Pages and database --------------------------------------------------------------------------------


def test_the_pages_carry_it_out(client, change, supported_person, care_manager, scheme_worker):
    row = factories.signed(supported_person, care_manager)
    client.force_login(care_manager)
    assert (
        send(client, reverse("risk:still_right", args=[row.pk]), {"seen_where": "At home"}).status_code == 302
    )
    assert "Still right" in client.get(row.get_absolute_url()).content.decode()
    check = RiskCheck.objects.get()
    assert client.get(reverse("risk:check", args=[check.pk]))["Location"] == row.get_absolute_url()
    typed = {"outcome": "watch", "answer": "Soon"}
    assert send(client, reverse("risk:answer_change", args=[change.pk]), typed).status_code == 302
    day = {"look_again_on_0": "1", "look_again_on_1": "2", "look_again_on_2": str(cast.today().year + 2)}
    path = reverse("risk:foresee", args=[supported_person.pk])
    assert send(client, path, {"words": "Mother is frail", **day}).status_code == 302
    need = ForeseenNeed.objects.get()
    assert send(client, need.get_absolute_url(), {"words": "Very frail", **day}).status_code == 302
    assert send(client, reverse("risk:close_need", args=[need.pk]), {"what_came": "Moved"}).status_code == 302
    page = client.get(reverse("risk:overview", args=[supported_person.pk])).content.decode()
    assert "Mood or behaviour" in page
    client.force_login(scheme_worker)
    path = reverse("risk:notice_change", args=[supported_person.pk])
    on = cast.today()
    day = {"noticed_on_0": str(on.day), "noticed_on_1": str(on.month), "noticed_on_2": str(on.year)}
    assert send(client, path, {"kind": "skills", "words": "Cooks alone", **day}).status_code == 302
    assert (
        "Cooks alone"
        in client.get(ChangeNoticed.objects.get(kind="skills").get_absolute_url()).content.decode()
    )
    assert client.get(reverse("risk:changes")).status_code == 200


def test_a_list_of_changes_costs_the_same_however_many_rows(
    client, supported_person, care_manager, scheme_worker, django_assert_max_num_queries
):
    for _n in range(30):
        actions.notice_change(person=supported_person, kind="mood", words="x", by=scheme_worker)
    factories.concern(supported_person, care_manager)
    client.force_login(care_manager)
    for name in ("changes", "concerns"):
        with django_assert_max_num_queries(16):  # four of them open and close the transaction
            assert client.get(reverse(f"risk:{name}")).status_code == 200


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("risk_change_has_its_words", "UPDATE risk_changenoticed SET words = ''"),
        ("risk_change_answered_in_words", "UPDATE risk_changenoticed SET answered_on = now()"),
        ("risk_need_has_its_words", "UPDATE risk_foreseenneed SET words = ''"),
        ("risk_need_closed_in_words", "UPDATE risk_foreseenneed SET closed_on = now()"),
        ("risk_check_looks_ahead", "UPDATE risk_riskcheck SET due_on = checked_on"),
        ("risk_check_saw_the_person", "UPDATE risk_riskcheck SET seen_where = ''"),
        ("risk_one_newest_check", "UPDATE risk_riskcheck SET is_newest = true"),
        (
            "risk_looked_at_again_once",
            "INSERT INTO risk_lookagain (id, version, assessment_id, person_id, organisation_id, why, opened_on, due_on) SELECT gen_random_uuid(), 1, assessment_id, person_id, organisation_id, 'incident', now(), now() FROM risk_lookagain",
        ),
        ("risk_cqc_notice_owed_by_a_scheme", "UPDATE risk_incident SET due_on = now()"),
    ],
)
def test_the_database_refuses(change, supported_person, care_manager, scheme_worker, constraint, sql):
    row = factories.signed(supported_person, care_manager)
    actions.foresee(person=supported_person, words="x", look_again_on=in_days(9), by=care_manager)
    for why in ("", "Again"):
        actions.still_right(assessment=row, seen_where="Home", why=why, by=care_manager)
    factories.incident(supported_person, scheme_worker)
    assert_refused(constraint, lambda: run(sql))
