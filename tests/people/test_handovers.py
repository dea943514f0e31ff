"""A person passes from team to team: asked, accepted, and never without a team."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from people import actions
from people.models import Answer, Handover, Involvement, Person
from placements.models import Referral
from safetynet.models import Flag
from sharedlives.permissions import Role
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist import queries
from sharedlives.worklist.actions import send_reminders
from sharedlives.worklist.models import Mail

from .. import factories

pytestmark = pytest.mark.django_db
REASON = "Moves to Eastmoor next month, near to the sister."


@pytest.fixture
def receiver(other_team):
    return factories.user("Nadia Stone", other_team, Role.TEAM_MANAGER)


@pytest.fixture
def asked(person, other_team, care_manager, receiver):
    return actions.ask_handover(
        person=person, to=other_team, reason=REASON, on=factories.today(), by=care_manager
    )


def funder(person, on=None):
    return Involvement.objects.funding().current(on or factories.today()).get(person=person).organisation


def test_until_it_is_accepted_the_old_team_stays_and_the_new_one_sees_nothing(asked, person, team, receiver):
    assert funder(person) == team
    assert not Person.objects.visible_to(receiver).exists()
    assert list(Handover.objects.visible_to(receiver)) == [asked]


def test_accepting_ends_the_one_and_begins_the_other_in_one_step(
    asked, person, other_team, receiver, charlie
):
    actions.accept_handover(handover=asked, worker=charlie, answer="Welcome", by=receiver)
    assert funder(person) == other_team
    assert Person.objects.visible_to(charlie).filter(pk=person.pk).exists()
    asked.refresh_from_db()
    assert (asked.state, asked.worker, asked.next_stage_on) == (Answer.DONE, charlie, None)
    person.refresh_from_db()
    assert person.responsible_council == other_team.council


def test_a_day_to_come_is_kept_and_the_old_team_goes_on_till_then(
    person, team, other_team, care_manager, receiver
):
    day = factories.today() + timedelta(days=20)
    row = actions.ask_handover(person=person, to=other_team, reason=REASON, on=day, by=care_manager)
    actions.accept_handover(handover=row, worker=None, by=receiver)
    assert funder(person) == team
    assert funder(person, day) == other_team


def test_who_asked_is_told_of_the_answer_without_a_name(asked, person, receiver, care_manager):
    actions.decline_handover(handover=asked, answer="We have no worker until May.", by=receiver)
    mail = Mail.objects.get(template="handover_answered")
    assert (mail.recipient, mail.path) == (care_manager, asked.get_absolute_url())
    assert mail.reference == ""


def test_the_question_is_work_of_the_receiving_manager_by_no_name(asked, receiver, care_manager):
    today = factories.today()
    items, _more = queries.page(receiver, "weeks", today)
    assert [(i.deadline, i.object_id, i.known_as) for i in items] == [("people.handover", asked.pk, "")]
    waiting, _more = queries.page(care_manager, "waiting", today)
    assert [i.object_id for i in waiting] == [asked.pk]
    send_reminders(as_of=today)
    assert Mail.objects.get(template="reminder").recipient == receiver


@pytest.mark.rule("people.one_open_handover")
def test_one_question_at_a_time(asked, person, other_team, team_manager):
    with pytest.raises(RuleBroken, match="asked for already"):
        actions.ask_handover(
            person=person, to=other_team, reason=REASON, on=factories.today(), by=team_manager
        )


@pytest.mark.rule("people.another_team")
def test_not_to_itself(person, team, care_manager):
    with pytest.raises(RuleBroken, match="to itself"):
        actions.ask_handover(person=person, to=team, reason=REASON, on=factories.today(), by=care_manager)


@pytest.mark.rule("people.handover_from_the_funder")
def test_what_passed_on_meanwhile_is_not_taken_from_the_wrong_team(
    asked, person, council, care_manager, receiver
):
    third = factories.organisation("team", "Third team", parent=council)
    actions.transfer(person=person, to=third, worker=None, on=factories.today(), by=care_manager)
    with pytest.raises(RuleBroken, match="does not fund this person now"):
        actions.accept_handover(handover=asked, by=receiver)


@pytest.mark.rule("people.answered_once")
def test_an_answer_is_given_once(asked, receiver, care_manager):
    actions.withdraw_handover(handover=asked, by=care_manager)
    with pytest.raises(RuleBroken, match="answered already: withdrawn"):
        actions.accept_handover(handover=asked, by=receiver)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("team_id = to_id", "people_handover_to_another_team"),
        ("answered_on = current_date", "people_handover_answered_has_a_day"),
        ("state = 'done'", "people_handover_answered_has_a_day"),
    ],
)
def test_the_database_keeps_it_too(asked, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE people_handover SET {change}")


@pytest.mark.follower("placements.actions.referrals.follow_the_funding")
def test_open_referrals_come_along(person, team, other_team, care_manager):
    row = Referral.objects.create(
        person=person, organisation=team, reference="R-AAAAAA", kinds=["live_in"], wishes="A garden"
    )
    actions.transfer(person=person, to=other_team, worker=None, on=factories.today(), by=care_manager)
    row.refresh_from_db()
    assert row.organisation == other_team
    assert row.history.first().history_change_reason == "handed over to the team that funds the person"


@pytest.mark.follower("safetynet.actions.flags.follow_the_funding")
def test_open_flags_come_along_and_those_of_a_scheme_stay(person, team, other_team, scheme, care_manager):
    facts = {"kind": "gap", "person": person}
    ours = Flag.objects.create(
        code="a", owner_organisation=team, council=team.council, owner_user=care_manager, **facts
    )
    theirs = Flag.objects.create(code="b", owner_organisation=scheme, **facts)
    actions.transfer(person=person, to=other_team, worker=None, on=factories.today(), by=care_manager)
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.owner_organisation, ours.council, ours.owner_user) == (other_team, other_team.council, None)
    assert theirs.owner_organisation == scheme


# -- The pages -----------------------------------------------------------------------------------------


def send(client, name, row, user, **typed):
    client.force_login(user)
    return client.post(reverse(f"people:{name}", args=[row.pk]), {"form_key": new_key(user)} | typed)


def test_asking_and_accepting_by_the_pages(client, person, other_team, care_manager, receiver, charlie):
    day = factories.today()
    typed = {"to": other_team.pk, "on_0": day.day, "on_1": day.month, "on_2": day.year, "reason": REASON}
    answer = send(client, "ask_handover", person, care_manager, **typed)
    row = Handover.objects.get()
    assert answer.url == row.get_absolute_url()
    page = client.get(reverse("people:ask_handover", args=[person.pk]))
    assert "asked already" in page.content.decode()
    client.force_login(receiver)
    shown = client.get(row.get_absolute_url()).content.decode()
    assert person.reference in shown
    assert person.family_name not in shown
    assert send(client, "accept_handover", row, receiver, worker=charlie.pk).status_code == 302
    assert funder(person) == other_team


def test_a_day_that_has_passed_is_refused_beside_the_field(client, person, other_team, care_manager):
    typed = {"to": other_team.pk, "on_0": 1, "on_1": 1, "on_2": 2020, "reason": REASON}
    page = send(client, "ask_handover", person, care_manager, **typed)
    assert page.status_code == 422
    assert "from today on" in page.content.decode()
    assert not Handover.objects.exists()


def test_those_who_asked_may_withdraw_and_not_accept(
    client, asked, care_manager, team_manager, receiver, charlie
):
    assert send(client, "accept_handover", asked, team_manager).status_code == 403
    assert send(client, "withdraw_handover", asked, receiver).status_code == 404
    assert send(client, "withdraw_handover", asked, charlie).status_code == 404
    assert send(client, "withdraw_handover", asked, care_manager).status_code == 302
    asked.refresh_from_db()
    assert asked.state == Answer.WITHDRAWN


def test_declining_needs_a_reason(client, asked, receiver):
    assert send(client, "decline_handover", asked, receiver, answer="").status_code == 422
    assert send(client, "decline_handover", asked, receiver, answer="No worker until May.").status_code == 302
