"""What somebody has to sort out: opened once, taken, put off with a reason, closed with a reason, mended."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.models import Person
from safetynet import actions
from safetynet.models import Flag
from sharedlives.permissions import Permission, Role
from sharedlives.worklist import protocols
from sharedlives.worklist.deadlines import Deadline

from .. import factories as people
from . import factories

NO_TEAM = "people.no_funding_team"


def sweep(on=None):
    return actions.sweep_safety_net(as_of=on or people.today())


def unfund(person, on=None):
    row = person.involvements.get(role="funds")
    row.until = on or people.today()
    row.save()


@pytest.fixture
def flag(person):
    unfund(person)
    sweep()
    return Flag.objects.get(code=NO_TEAM)


def test_a_person_without_a_funding_team_is_the_councils_to_sort_out(flag, person, council):
    assert (flag.person, flag.owner_organisation, flag.council, flag.found_on) == (
        person,
        council,
        council,
        people.today(),
    )
    assert sweep().done["opened"] == 0


def test_what_was_mended_is_closed_and_comes_back_when_it_breaks_again(flag, person, team, care_manager):
    from people.actions import involve

    row = involve(
        person=person,
        organisation=team,
        role="funds",
        since=people.today(),
        worker=care_manager,
        by=care_manager,
    )
    assert sweep().done["closed"] >= 1
    flag.refresh_from_db()
    assert (flag.closed_because, flag.closed_by) == (Flag.Because.MENDED, None)
    row.until = row.since
    row.save()
    sweep()
    assert Flag.objects.open().filter(code=NO_TEAM).exists()


def test_a_care_manager_who_left_is_a_gap_of_the_team(person, team, care_manager):
    care_manager.is_active = False
    care_manager.save()
    sweep()
    assert Flag.objects.get(code="people.no_worker").owner_organisation == team


def test_an_open_gap_follows_the_person_to_the_next_team(person, team, other_team, care_manager):
    care_manager.is_active = False
    care_manager.save()
    sweep()
    from people.actions import transfer

    transfer(person=person, to=other_team, worker=None, on=people.today(), by=care_manager)
    sweep()
    assert Flag.objects.open().get(code="people.no_worker").owner_organisation == other_team


def test_a_fault_in_one_gap_does_not_blind_the_others(person, monkeypatch):
    from safetynet.actions import sweep as module
    from sharedlives.worklist.gaps import Gap

    unfund(person)
    with monkeypatch.context() as patch:
        broken = dict(module.GAPS)
        patch.setattr(module, "GAPS", broken)
        broken["broken"] = type(
            "Broken", (), {"code": "broken", "subject": "person", "found": staticmethod(lambda on: 1 / 0)}
        )
        run = sweep()
    assert "broken" not in module.GAPS
    assert (run.fault, run.done["faulty"]) == ("broken: ZeroDivisionError", 1)
    assert Flag.objects.filter(code=NO_TEAM).exists()
    assert isinstance(module.GAPS[NO_TEAM], Gap)


def test_take_assign_and_not_yet_keep_it_open(flag, data_officer, council):
    actions.take(flag=flag, by=data_officer)
    colleague = people.user("Colleague", council, Role.DATA_OFFICER)
    actions.assign(flag=flag, owner_user=colleague, by=data_officer)
    actions.not_yet(flag=flag, because="The other team answers on Monday", by=colleague)
    flag.refresh_from_db()
    assert (flag.owner_user, flag.not_yet_on, flag.closed_on) == (colleague, people.today(), None)
    reasons = [h.history_change_reason for h in flag.history.all()]
    assert reasons[:3] == ["not yet, because", "assigned", "taken"]


@pytest.mark.rule("safetynet.closed_with_reason")
def test_another_reason_needs_words(flag, data_officer):
    with pytest.raises(ValidationError, match="needs words"), transaction.atomic():
        actions.close(flag=flag, because="other", by=data_officer)
    actions.close(flag=flag, because="other", words="Moved to Scotland", by=data_officer)
    flag.refresh_from_db()
    assert (flag.closed_on, flag.closed_by, flag.closed_words) == (
        people.today(),
        data_officer,
        "Moved to Scotland",
    )


@pytest.mark.rule("safetynet.flag_still_open")
def test_what_is_closed_stays_closed(flag, data_officer):
    actions.close(flag=flag, because="nothing_wrong", by=data_officer)
    for act in (
        actions.take,
        lambda **k: actions.close(because="left", **k),
        lambda **k: actions.not_yet(because="x", **k),
    ):
        with pytest.raises(ValidationError, match="closed already"):
            act(flag=flag, by=data_officer)


def test_the_clock_leaves_a_gap_alone_for_90_days_after_somebody_closed_it(flag, data_officer):
    actions.close(flag=flag, because="nothing_wrong", by=data_officer)
    assert sweep(people.today() + timedelta(days=89)).done["opened"] == 0
    sweep(people.today() + timedelta(days=90))
    assert Flag.objects.open().filter(code=NO_TEAM).exists()


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({}, "safetynet_flag_about_exactly_one"),
        ({"person": True, "roster_row": True}, "safetynet_flag_about_exactly_one"),
        ({"person": True, "closed_on": people.today()}, "safetynet_closed_flag_says_why"),
        ({"person": True, "closed_because": "left"}, "safetynet_closed_flag_says_why"),
        ({"person": True, "other_person": True}, "safetynet_duplicate_pair_in_order"),
    ],
)
def test_postgresql_refuses(person, council, source, facts, constraint):
    row = factories.received(source, "Ann,Vale,1/2/1990,,,").rows.get()
    known = {"person": person, "other_person": person, "roster_row": row}
    facts = {name: known.get(name, value) if value is True else value for name, value in facts.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Flag.objects.create(
            kind="gap", code="x", owner_organisation=council, found_on=people.today(), **facts
        )


def test_one_open_flag_of_a_kind_about_one_subject(flag, person, council):
    with pytest.raises(IntegrityError, match="safetynet_open_flag_once_per_person"), transaction.atomic():
        Flag.objects.create(kind="gap", code=NO_TEAM, person=person, owner_organisation=council)
    Flag.objects.create(kind="gap", code="another", person=person, owner_organisation=council)


# -- Nobody to tell ----------------------------------------------------------------------------------------


def test_a_reminder_that_has_nobody_to_go_to_becomes_work_once(person, team, council):
    deadline = Deadline.__new__(Deadline)
    object.__setattr__(deadline, "name", "reviews.review_due")
    object.__setattr__(deadline, "responsible", lambda row: (person, team))
    tell = protocols.get("nobody")
    tell(deadline=deadline, row=object(), stage="due", on=people.today())
    tell(deadline=deadline, row=object(), stage="late", on=people.today())
    flag = Flag.objects.get()
    assert (flag.kind, flag.code, flag.owner_organisation, flag.council) == (
        "nobody_to_tell",
        "reviews.review_due",
        team,
        council,
    )


def test_nobody_to_tell_is_closed_once_there_is_somebody(person, team, council):
    code = next(iter(__import__("sharedlives.worklist.deadlines", fromlist=["x"]).REGISTRY))
    Flag.objects.create(
        kind="nobody_to_tell", code=code, person=person, owner_organisation=team, council=council
    )
    person.involvements.update(worker=None)
    sweep()
    assert Flag.objects.open().filter(kind="nobody_to_tell").exists()
    people.user("New Manager", team, Role.TEAM_MANAGER)
    sweep()
    assert Flag.objects.get(kind="nobody_to_tell").closed_because == "mended"


# -- Who sees what -----------------------------------------------------------------------------------------


def sees(user, flag, **how):
    user.__dict__.pop("_current_memberships", None)
    return Flag.objects.visible_to(user, **how).filter(pk=flag.pk).exists()


@pytest.fixture
def of_team(person, team, council):
    return Flag.objects.create(kind="gap", code="x", person=person, owner_organisation=team, council=council)


def test_the_team_and_the_councils_data_officer_see_it(
    of_team,
    care_manager,
    team_manager,
    data_officer,
    scheme_worker,
    commissioner,
    reviewing_officer,
    charlie,
    other_council,
):
    assert all(sees(user, of_team) for user in (care_manager, team_manager, data_officer))
    others = (
        scheme_worker,
        commissioner,
        reviewing_officer,
        charlie,
        people.user("Other", other_council, Role.DATA_OFFICER),
    )
    assert not any(sees(user, of_team) for user in others)


def test_a_scheme_sees_its_own_about_whom_it_supports(
    supported_person, scheme, council, scheme_worker, other_scheme
):
    flag = Flag.objects.create(
        kind="gap", code="x", person=supported_person, owner_organisation=scheme, council=council
    )
    assert sees(scheme_worker, flag)
    assert not sees(scheme_worker, flag, permission=Permission.FLAG_CLOSE)
    assert not sees(people.user("Elsewhere", other_scheme, Role.SCHEME_WORKER), flag)


def test_a_restricted_record_shows_to_those_named_only(
    of_team, person, care_manager, team_manager, data_officer
):
    from people.actions import restrict

    restrict(person=person, kind="masked", reason="Safety", allowed=[team_manager], by=team_manager)
    assert sees(team_manager, of_team)
    assert not sees(care_manager, of_team)
    assert not sees(data_officer, of_team)


def test_a_flag_about_nobody_on_our_records_is_the_data_officers(
    source, data_officer, scheme_worker, care_manager
):
    factories.received(source, "Ann,Vale,1/2/1990,,,")
    flag = Flag.objects.get()
    assert sees(data_officer, flag)
    assert not sees(scheme_worker, flag)
    assert not sees(care_manager, flag)
    assert Person.objects.count() == 0
