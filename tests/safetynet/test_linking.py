"""What becomes of a row: linked, perhaps, not on our records; what somebody decides; and how it is undone."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from safetynet import actions
from safetynet.models import Flag, LinkDecision, NotSamePerson, RosterRow

from .. import factories as people
from . import factories

State, Kind = RosterRow.State, Flag.Kind


def row_of(source, line):
    return factories.received(source, line).rows.get()


def fresh(row):
    return RosterRow.objects.get(pk=row.pk)


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Katherine,Rees,9/3/1984,943 476 5919,NE1 1AA,", State.LINKED),
        ("Kate,Rees,9/3/1984,,,", State.LINKED),
        ("Katherine,Reese,9/3/1984,,,", State.LINKED),
        ("Rees,Katherine,9/3/1984,,,", State.LINKED),
        ("Katherine,Rees,3/9/1984,,ne1 1aa,", State.LINKED),
        ("Katherine,Rees,3/9/1984,,,", State.POSSIBLE),
        ("Kathrine,Rees,9/3/1984,,,", State.POSSIBLE),
        ("Megan,Rees,9/3/1984,,NE1 1AA,", State.POSSIBLE),
        ("Katherine,Abernethy,9/3/1984,,NE1 1AA,", State.POSSIBLE),
        ("Katherine,Rees,,,,", State.POSSIBLE),
        ("Wilfred,Owen,18/3/1993,,,", State.MISSING),
        ("Katherine,Rees,1/1/1951,,,", State.MISSING),
    ],
)
def test_exact_is_linked_careful_near_is_asked_unknown_is_missing(source, kate, line, state):
    row = row_of(source, line)
    assert row.state == state
    flags = Flag.objects.open()
    expected = {State.LINKED: [], State.POSSIBLE: [Kind.POSSIBLE], State.MISSING: [Kind.NOT_ON_OUR_RECORDS]}[
        state
    ]
    assert list(flags.values_list("kind", flat=True)) == expected
    decision = row.decisions.get()
    assert decision.decided_by is None
    assert decision.reasons
    assert decision.person == (None if state == State.MISSING else kate)


@pytest.mark.rule("safetynet.relatives_never_automatic")
def test_a_twin_is_asked_about_in_words(source, kate):
    row = row_of(source, "Megan,Rees,9/3/1984,,NE1 1AA,")
    reasons = row.decisions.get().reasons
    assert "first names differ (a twin or another relative?)" in reasons
    assert "only somebody who knows can say" in reasons[-1]


def test_what_is_missing_belongs_to_the_council_of_the_source(source, council, scheme):
    row_of(source, "Wilfred,Owen,18/3/1993,,,")
    flag = Flag.objects.get()
    assert (flag.owner_organisation, flag.council, flag.subject_name) == (council, council, "roster_row")


def test_two_records_that_fit_are_left_to_somebody(source, kate, team):
    people.person(team, given_name="Katherine", family_name="Rees", date_of_birth=date(1984, 3, 9))
    row = row_of(source, "Katherine,Rees,9/3/1984,,,")
    assert row.state == State.POSSIBLE
    assert all("more than one record fits" in decision.reasons for decision in row.decisions.all())


def test_the_same_person_is_linked_by_hand(source, kate, data_officer):
    row = row_of(source, "Katherine,Abernethy,9/3/1984,,NE1 1AA,")
    actions.same_person(row=row, person=kate, by=data_officer)
    assert fresh(row).state == State.LINKED
    standing = LinkDecision.objects.standing().get(row=row)
    assert (standing.verdict, standing.decided_by) == ("linked", data_officer)
    assert not Flag.objects.open().exists()
    with pytest.raises(ValidationError, match="decided about this row already"):
        actions.same_person(row=row, person=kate, by=data_officer)


@pytest.mark.rule("safetynet.row_still_to_decide")
def test_the_database_keeps_one_decision(source, kate, data_officer, team):
    from django.db import IntegrityError, transaction

    row = row_of(source, "Katherine,Rees,9/3/1984,,,")
    other = people.person(team)
    with pytest.raises(IntegrityError, match="safetynet_row_decided_one_way"), transaction.atomic():
        LinkDecision.objects.create(row=row, person=other, verdict="linked")


def test_not_the_same_is_remembered_for_the_next_list(source, kate, data_officer):
    line = "Megan,Rees,9/3/1984,,NE1 1AA,"
    row = row_of(source, line)
    actions.not_the_same(row=row, person=kate, by=data_officer, why="Her sister")
    assert fresh(row).state == State.MISSING
    flag = Flag.objects.open().get()
    assert flag.kind == Kind.NOT_ON_OUR_RECORDS
    again = row_of(source, f"{line}Live-in")
    assert again.state == State.MISSING
    assert Flag.objects.open().get().pk == flag.pk


def test_the_same_by_hand_holds_for_the_next_list(source, kate, data_officer):
    line = "Katherine,Abernethy,9/3/1984,,NE1 1AA,"
    actions.same_person(row=row_of(source, line), person=kate, by=data_officer)
    again = row_of(source, f"{line}Live-in")
    assert again.state == State.LINKED
    assert "somebody linked the same entry of an earlier list" in again.decisions.get().reasons


def test_a_link_is_undone_and_not_made_again(source, kate, data_officer):
    row = row_of(source, "Kate,Rees,9/3/1984,,,")
    decision = row.decisions.get()
    actions.undo(decision=decision, by=data_officer, because="Another Kate")
    assert fresh(row).state == State.MISSING
    decision.refresh_from_db()
    assert (decision.undone_by, decision.undone_because) == (data_officer, "Another Kate")
    assert NotSamePerson.objects.get().person == kate
    actions.sweep_safety_net(as_of=timezone.localdate())
    assert fresh(row).state == State.MISSING
    with pytest.raises(ValidationError):
        actions.undo(decision=decision, by=data_officer, because="again")


def test_somebody_put_on_our_records_is_linked_by_the_next_sweep(source, team, care_manager):
    row = row_of(source, "Wilfred,Owen,18/3/1993,,,")
    people.person(
        team, worker=care_manager, given_name="Wilfred", family_name="Owen", date_of_birth=date(1993, 3, 18)
    )
    run = actions.sweep_safety_net(as_of=timezone.localdate())
    assert run.complete
    assert fresh(row).state == State.LINKED
    assert Flag.objects.closed().get().closed_because == Flag.Because.ON_RECORDS


def test_comparing_again_changes_nothing(source, kate):
    factories.received(source, "Megan,Rees,9/3/1984,,NE1 1AA,", "Wilfred,Owen,18/3/1993,,,")
    flags = Flag.objects.exclude(roster_row=None)
    before = (LinkDecision.objects.count(), flags.count(), RosterRow.history.count())
    actions.sweep_safety_net(as_of=timezone.localdate())
    assert (LinkDecision.objects.count(), flags.count(), RosterRow.history.count()) == before


# -- Duplicates --------------------------------------------------------------------------------------------


@pytest.fixture
def duplicate(kate, team, care_manager):
    twice = people.person(
        team, worker=care_manager, given_name="Kate", family_name="Rees", nhs_number=kate.nhs_number
    )
    actions.sweep_safety_net(as_of=timezone.localdate())
    return Flag.objects.get(kind=Kind.DUPLICATE), twice


def test_one_nhs_number_on_two_living_records_is_flagged(duplicate, kate, council):
    flag, twice = duplicate
    assert {flag.person, flag.other_person} == {kate, twice}
    assert flag.owner_organisation == council
    actions.sweep_safety_net(as_of=timezone.localdate())
    assert Flag.objects.filter(kind=Kind.DUPLICATE).count() == 1


def test_two_records_of_one_human_are_linked_never_merged(duplicate, kate, data_officer):
    flag, twice = duplicate
    actions.link_records(flag=flag, by=data_officer)
    kate.refresh_from_db()
    twice.refresh_from_db()
    assert kate.identity is not None
    assert kate.identity == twice.identity
    actions.sweep_safety_net(as_of=timezone.localdate())
    assert not Flag.objects.open().filter(kind=Kind.DUPLICATE).exists()


def test_two_humans_are_remembered_as_two(duplicate, data_officer):
    flag, _twice = duplicate
    actions.keep_records_apart(flag=flag, by=data_officer, why="One number was copied wrongly")
    actions.sweep_safety_net(as_of=timezone.localdate())
    assert not Flag.objects.open().filter(kind=Kind.DUPLICATE).exists()


def test_a_wrong_link_of_records_is_undone(duplicate, kate, data_officer):
    flag, _twice = duplicate
    actions.link_records(flag=flag, by=data_officer)
    actions.unlink_records(flag=flag, by=data_officer, because="They are sisters")
    kate.refresh_from_db()
    assert kate.identity is None
    actions.sweep_safety_net(as_of=timezone.localdate())
    assert not Flag.objects.open().filter(kind=Kind.DUPLICATE).exists()


def test_a_record_of_somebody_who_died_is_no_duplicate(kate, team, care_manager):
    people.person(team, worker=care_manager, nhs_number=kate.nhs_number, date_of_death=date(2020, 1, 1))
    actions.sweep_safety_net(as_of=timezone.localdate())
    assert not Flag.objects.filter(kind=Kind.DUPLICATE).exists()
