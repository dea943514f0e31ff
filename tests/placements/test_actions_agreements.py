"""Drafting, signing and superseding agreements; and that nobody changes what was signed."""

import pytest
from django.db import IntegrityError, connection, transaction

from placements import actions
from placements.models import AgreementRequirement, AgreementSignature, PlacementAgreement
from sharedlives.rules import RuleBroken

from .. import factories as people
from . import factories

pytestmark = pytest.mark.django_db


def sign(agreement, party, by, **facts):
    facts = {"name": "Somebody", "how": "On paper"} | facts
    return actions.sign_agreement(agreement=agreement, party=party, by=by, **facts)


def test_requirements_are_rows_in_their_order(agreed, scheme_worker):
    row = factories.agreement(
        agreed, scheme_worker, [("Cook together", "carer"), (" ", "carer"), ("Visit monthly", "scheme")]
    )
    assert [(r.number, r.words, r.responsible) for r in row.requirements.all()] == [
        (1, "Cook together", "carer"),
        (2, "Visit monthly", "scheme"),
    ]


@pytest.mark.rule("placements.agreement_requires_something")
def test_an_agreement_requires_something(agreed, scheme_worker):
    with pytest.raises(RuleBroken, match="at least one requirement"):
        factories.agreement(agreed, scheme_worker, [(" ", "carer")])


def test_a_draft_is_changed_until_somebody_signs(agreed, scheme_worker):
    row = factories.agreement(agreed, scheme_worker)
    again = factories.agreement(agreed, scheme_worker, [("Another thing", "carer")], room="The blue room")
    assert (again.pk, again.number, again.room) == (row.pk, 1, "The blue room")
    assert [r.words for r in again.requirements.all()] == ["Another thing"]


@pytest.mark.rule("placements.words_stay_under_a_signature")
def test_words_stay_once_somebody_has_signed_them(agreed, scheme_worker):
    row = factories.agreement(agreed, scheme_worker)
    sign(row, "carer", scheme_worker)
    with pytest.raises(RuleBroken, match="signed these words"):
        factories.agreement(agreed, scheme_worker, [("Another thing", "carer")])
    assert [r.words for r in row.requirements.all()] == ["Cook together twice a week"]


def test_the_last_party_to_sign_makes_it_final(agreed, scheme_worker, care_manager):
    row = factories.agreement(agreed, scheme_worker)
    for party, by in (("person", scheme_worker), ("carer", scheme_worker), ("team", care_manager)):
        assert sign(row, party, by).state == "draft"
    row = sign(row, "scheme", scheme_worker, name="ignored")
    assert (row.state, row.signed_on) == ("signed", factories.today())
    assert row.signatures.get(party="scheme").name == scheme_worker.name
    assert row.signatures.get(party="team").user == care_manager


@pytest.mark.rule("placements.party_signs_once")
def test_a_party_signs_once(agreed, scheme_worker):
    row = factories.agreement(agreed, scheme_worker)
    sign(row, "carer", scheme_worker)
    with pytest.raises(RuleBroken, match="already there"):
        sign(row, "carer", scheme_worker)


def test_a_representative_signs_with_authority_on_our_records(agreed, scheme_worker, care_manager):
    row = factories.agreement(agreed, scheme_worker)
    mother = people.actions.add_contact(
        person=agreed.person, kind="family", name="Nasreen Rahman", by=care_manager
    )
    with pytest.raises(RuleBroken, match="Being next of kin gives none") as refused:
        sign(row, "representative", scheme_worker, representative=mother)
    assert "representative" in refused.value.error_dict
    deputy = people.attorney(agreed.person, care_manager, name="Karim Rahman", kind="deputy")
    sign(row, "representative", scheme_worker, representative=deputy)
    signature = row.signatures.get()
    assert (signature.name, signature.rests_on) == ("Karim Rahman", deputy.legal_facts.get())
    assert signature.authority.startswith("Deputy of the Court of Protection: Care and where to live")


@pytest.mark.rule("placements.representative_with_authority")
@pytest.mark.parametrize(
    ("words", "constraint"),
    [
        ("Attorney", "placements_representative_rests_on_a_record"),
        ("", "placements_representative_with_authority"),
    ],
)
def test_the_database_wants_the_authority_too(agreed, scheme_worker, care_manager, words, constraint):
    row = factories.agreement(agreed, scheme_worker)
    law = people.attorney(agreed.person, care_manager).legal_facts.get()
    signed = {"agreement": row, "party": "representative", "name": "M", "how": "On paper"}
    law = {"authority": words, "rests_on": None if words else law}
    late = AgreementSignature(on=factories.today(), **signed, **law)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        late.save()


def test_nobody_signs_in_the_future(agreed, scheme_worker):
    with pytest.raises(RuleBroken, match="has not come yet"):
        sign(factories.agreement(agreed, scheme_worker), "carer", scheme_worker, on=factories.days(1))


def test_a_newer_version_supersedes_and_says_why(ready, scheme_worker, care_manager):
    first = ready.agreements.get()
    second = factories.agreement(ready, scheme_worker, [("Swim on Fridays", "carer")])
    assert second.number == 2
    assert list(ready.agreements.in_force()) == [first]
    for party, by in (("person", scheme_worker), ("carer", scheme_worker), ("team", care_manager)):
        sign(second, party, by)
    sign(second, "scheme", scheme_worker, why_new="The swimming pool opened")
    assert list(ready.agreements.in_force()) == [second]
    assert first.newer.why == "The swimming pool opened"


@pytest.mark.rule("placements.signed_agreement_is_final")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE placements_placementagreement SET room = 'Other' WHERE id = %s",
        "UPDATE placements_placementagreement SET state = 'draft', signed_on = NULL WHERE id = %s",
        "DELETE FROM placements_placementagreement WHERE id = %s",
        "UPDATE placements_agreementrequirement SET words = 'Other' WHERE agreement_id = %s",
        "DELETE FROM placements_agreementrequirement WHERE agreement_id = %s",
        "DELETE FROM placements_agreementsignature WHERE agreement_id = %s",
    ],
)
def test_no_role_changes_what_was_signed(ready, as_role_app, sql):
    row = ready.agreements.get()
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        as_role_app(sql, [row.pk])
    with pytest.raises(IntegrityError, match="final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])


def test_nothing_is_added_to_what_was_signed(ready, scheme_worker, care_manager):
    row = ready.agreements.get()
    late = AgreementRequirement(agreement=row, number=9, words="Something more")
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        late.save()
    with pytest.raises(RuleBroken, match="never changed"):
        sign(row, "representative", scheme_worker)
    assert PlacementAgreement.objects.get().requirements.count() == 1


def test_what_was_noted_about_a_signed_version_stays(ready, scheme_worker, care_manager):
    second = factories.sign_all(factories.agreement(ready, scheme_worker), scheme_worker, care_manager)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        second.older.delete()
