"""Legal facts: what they must say, when somebody must act, and how they reach the schemes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from people import actions, queries
from people.models import LegalFact, LegalFactShare, PersonalContact
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist.deadlines import REGISTRY

from .. import factories

RISK = "Will say yes to anybody; the carer checks before money changes hands"


def fact(person, by, kind="section_117", **facts):
    facts = {"about": "Aftercare", "since": date(2025, 1, 1), "risk_note": RISK} | facts
    return actions.record_legal_fact(person=person, kind=kind, by=by, **facts)


@pytest.fixture
def mother(person, care_manager):
    return actions.add_contact(
        person=person, kind="family", name="Nasreen Rahman", relation="mother", by=care_manager
    )


# -- What a fact must say --------------------------------------------------------------------------


@pytest.mark.rule("people.authority_needs_holder")
def test_an_authority_belongs_to_somebody_and_reaches_something(person, care_manager):
    with pytest.raises(RuleBroken, match="belongs to somebody"):
        fact(person, care_manager, "attorney", about="Money")


@pytest.mark.rule("people.capacity_says_which")
def test_a_capacity_decision_says_which(person, care_manager):
    with pytest.raises(RuleBroken, match="has capacity for this one decision"):
        fact(person, care_manager, "capacity", about="Where to live")


@pytest.mark.rule("people.order_needs_reference")
def test_a_court_order_has_reference_and_end(person, care_manager):
    with pytest.raises(RuleBroken, match="Court of Protection"):
        fact(
            person,
            care_manager,
            "liberty",
            applied_on=date(2026, 1, 1),
            granted_on=date(2026, 2, 1),
            reference="COP 12345",
        )


@pytest.mark.rule("people.legal_dates")
@pytest.mark.parametrize(
    "wrong",
    [
        {"until": date(2024, 12, 31)},
        {
            "applied_on": date(2026, 3, 1),
            "granted_on": date(2026, 2, 1),
            "until": date(2027, 1, 1),
            "reference": "A1",
        },
    ],
)
def test_dates_stand_in_order(person, care_manager, wrong):
    with pytest.raises(RuleBroken, match="not in order"):
        fact(person, care_manager, "liberty" if "granted_on" in wrong else "section_117", **wrong)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("risk_note = ''", "people_legal_fact_has_a_risk_note"),
        ("until = since", "people_legal_fact_ends_after_it_begins"),
        ("kind = 'attorney'", "people_authority_has_holder_and_reach"),
        ("kind = 'capacity'", "people_capacity_decision_says_which"),
        ("kind = 'liberty', granted_on = since", "people_court_order_has_reference_and_end"),
        ("applied_on = since, granted_on = since - 1", "people_order_granted_after_application"),
        ("closed_on = since", "people_legal_fact_closed_with_reason"),
    ],
)
def test_the_database_refuses_too(person, care_manager, change, constraint):
    row = fact(person, care_manager)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as sql:
        sql.execute(f"UPDATE people_legalfact SET {change} WHERE id = %s", [row.pk])


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("acknowledged_at = now()", "people_acknowledged_after_sharing"),
        ("scheme_id = scheme_id, id = gen_random_uuid()", None),
    ],
)
def test_a_copy_is_acknowledged_only_after_it_was_shared(supported_person, care_manager, change, constraint):
    share = LegalFactShare.objects.get(fact=fact(supported_person, care_manager))
    with connection.cursor() as sql:
        if constraint:
            with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                sql.execute(f"UPDATE people_legalfactshare SET {change} WHERE id = %s", [share.pk])
            return
        columns = "version, due_on, person_id, fact_id, scheme_id, organisation_id, no_longer"
        with pytest.raises(IntegrityError, match="people_legal_fact_shared_once"), transaction.atomic():
            sql.execute(
                f"INSERT INTO people_legalfactshare (id, {columns}) SELECT gen_random_uuid(), {columns}"
                " FROM people_legalfactshare WHERE id = %s",
                [share.pk],
            )


# -- When somebody must act ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({}, 14),
        ({"applied_on": date(2025, 2, 1)}, 31 + 56),
        (
            {
                "applied_on": date(2025, 2, 1),
                "granted_on": date(2025, 3, 1),
                "until": date(2026, 1, 1),
                "reference": "C1",
            },
            365,
        ),
    ],
)
def test_a_deprivation_of_liberty_needs_the_court_and_the_clock_runs(person, care_manager, facts, days):
    row = fact(person, care_manager, "liberty", about="Locked front door at night", **facts)
    assert row.due_on == date(2025, 1, 1) + timedelta(days=days)
    assert row.next_stage_on == row.due_on - timedelta(days=56)
    assert list(REGISTRY["people.legal_fact_ends"].owed_by(care_manager)) == [row]


def test_a_newer_fact_takes_the_place_of_the_older_one(person, care_manager):
    older = fact(person, care_manager, until=date(2027, 1, 1))
    newer = fact(person, care_manager, replaces=older, since=factories.today())
    older.refresh_from_db()
    assert older.next_stage_on is None
    assert list(LegalFact.objects.holding(factories.today())) == [newer]
    assert not older.holds
    assert newer.holds


def test_what_was_closed_or_replaced_held_until_that_day(person, care_manager):
    closed = fact(person, care_manager, "court", about="Curfew")
    actions.close_legal_fact(fact=closed, on=factories.today(), because="Discharged", by=care_manager)
    older = fact(person, care_manager)
    newer = fact(person, care_manager, replaces=older, since=factories.today())
    yesterday = factories.today() - timedelta(days=1)
    assert set(LegalFact.objects.holding(yesterday)) == {closed, older}
    assert set(LegalFact.objects.holding(factories.today())) == {newer}
    assert not LegalFact.objects.get(pk=closed.pk).holds


def test_what_ends_on_a_day_to_come_still_holds(person, care_manager):
    row = fact(person, care_manager, "court", about="Curfew")
    later = factories.today() + timedelta(days=1)
    row = actions.close_legal_fact(fact=row, on=later, because="Discharged", by=care_manager)
    assert row.holds
    assert list(LegalFact.objects.holding(factories.today())) == [row]
    assert not LegalFact.objects.holding(later).exists()


def test_what_is_closed_asks_for_nothing_more(person, care_manager):
    row = fact(person, care_manager, until=factories.today() + timedelta(days=30))
    actions.close_legal_fact(fact=row, on=factories.today(), because="Discharged", by=care_manager)
    assert not REGISTRY["people.legal_fact_ends"].open().exists()
    assert LegalFact.objects.get().next_stage_on is None


# -- Its way to the scheme -------------------------------------------------------------------------


def test_a_supporting_scheme_reads_it_once_shared_and_acknowledges(
    supported_person, scheme, scheme_worker, care_manager, charlie
):
    row = fact(supported_person, care_manager)
    share = LegalFactShare.objects.get()
    to_share, to_read = REGISTRY["people.legal_fact_to_share"], REGISTRY["people.legal_fact_to_read"]
    assert list(to_share.owed_by(care_manager)) == [share]
    assert not LegalFact.objects.visible_to(scheme_worker).exists()
    actions.share_legal_fact(share=share, by=care_manager)
    assert list(LegalFact.objects.visible_to(scheme_worker)) == [row]
    assert list(to_read.owed_by(scheme_worker)) == [share]
    assert list(to_read.waits_for(care_manager)) == [share]
    actions.acknowledge_legal_fact(share=share, by=scheme_worker)
    assert not to_share.open().exists()
    assert not to_read.open().exists()
    assert not LegalFact.objects.visible_to(charlie).exists()


def test_a_scheme_that_begins_is_owed_what_holds_and_one_that_ends_nothing(
    person, scheme, scheme_worker, care_manager
):
    row = fact(person, care_manager)
    involvement = factories.supports(person, scheme, worker=scheme_worker)
    assert LegalFactShare.objects.to_share().get().fact == row
    actions.end_involvement(involvement=involvement, on=factories.today(), by=care_manager)
    assert not LegalFactShare.objects.to_share().exists()
    factories.supports(person, scheme, worker=scheme_worker, since=factories.today())
    assert LegalFactShare.objects.to_share().count() == 1


def test_what_the_person_does_not_want_shared_is_not_owed_and_owed_again_from_the_day_they_agree(
    supported_person, scheme, other_scheme, care_manager
):
    share = fact(supported_person, care_manager).shares.get()
    to_share, today = REGISTRY["people.legal_fact_to_share"], factories.today()
    said = {"person": supported_person, "what": "legal", "words": "Mine", "by": care_manager}
    actions.decide_sharing(answer="objects", scheme=other_scheme, since=today - timedelta(days=30), **said)
    assert list(to_share.open()) == [share]
    actions.decide_sharing(answer="objects", scheme=scheme, since=today - timedelta(days=20), **said)
    assert not to_share.open().exists()
    LegalFactShare.objects.update(due_on=today - timedelta(days=15))
    actions.decide_sharing(answer="objects", since=today - timedelta(days=10), **said)
    share.refresh_from_db()
    assert share.due_on == today - timedelta(days=15)
    actions.decide_sharing(answer="agrees", scheme=scheme, since=today, **said)
    (owed,) = to_share.open()
    assert owed.due_on > today and owed.next_stage_on


# -- Who may decide --------------------------------------------------------------------------------


def test_next_of_kin_alone_has_no_authority(person, care_manager, mother):
    assert queries.authority_of(mother, factories.today()) is None


@pytest.mark.parametrize(
    ("kind", "field", "reach", "held"),
    [
        ("attorney", "welfare", "welfare", True),
        ("attorney", "money", "welfare", False),
        ("deputy", "both", "money", True),
        ("appointee", "both", "welfare", False),
        ("appointee", "money", "money", True),
        ("best_interests", "", "welfare", True),
    ],
)
def test_authority_reaches_as_far_as_the_paper_says(person, care_manager, mother, kind, field, reach, held):
    row = fact(person, care_manager, kind, holder=mother, field=field)
    assert queries.authority_of(mother, factories.today(), reach) == (row if held else None)
    assert queries.authority_of(mother, date(2024, 12, 31), reach) is None


def test_another_contact_gains_nothing_from_it(person, care_manager, mother):
    fact(person, care_manager, "deputy", holder=mother, field="both")
    brother = PersonalContact.objects.create(person=person, kind="family", name="Karim Rahman")
    assert queries.authority_of(brother, factories.today()) is None


# -- Pages -----------------------------------------------------------------------------------------


def typed(user, **fields):
    return {"form_key": new_key(user)} | fields


def test_the_care_manager_adds_shares_and_the_scheme_acknowledges_on_screen(
    client, supported_person, care_manager, scheme_worker
):
    client.force_login(care_manager)
    address = reverse("people:add_legal_fact", args=[supported_person.pk, "section_117"])
    fields = {"about": "Aftercare", "since_0": "1", "since_1": "1", "since_2": "2025", "risk_note": RISK}
    assert client.get(address).status_code == 200
    answer = client.post(address, typed(care_manager, **fields), follow=True)
    assert "To be shared" in answer.content.decode()
    share = LegalFactShare.objects.get()
    address = reverse("people:legal_share", args=[share.pk])
    client.force_login(scheme_worker)
    assert client.get(address).status_code == 404
    client.force_login(care_manager)
    assert client.get(address).status_code == 200
    client.post(address, typed(care_manager))
    assert client.get(address).status_code == 403
    client.force_login(scheme_worker)
    assert RISK in client.get(address).content.decode()
    answer = client.post(address, typed(scheme_worker), follow=True)
    assert "Acknowledged" in answer.content.decode()


def test_each_kind_asks_only_what_belongs_to_it(client, person, care_manager):
    client.force_login(care_manager)
    for kind in LegalFact.Kind.values:
        page = client.get(reverse("people:add_legal_fact", args=[person.pk, kind])).content.decode()
        assert ('name="holder"' in page) == (kind in ("attorney", "deputy", "appointee", "best_interests"))
        assert ('name="granted_on_0"' in page) == (kind == "liberty")
    assert client.get(reverse("people:add_legal_fact", args=[person.pk, "nonsense"])).status_code == 404
