"""Who may sign for a person: only with authority on our records, or with a best-interests decision that names them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from careplans import actions
from careplans.models import SignOff
from people import actions as people
from people.models import LegalFact
from sharedlives.rules import RuleBroken

from .. import factories as cast
from . import factories
from .pages import date_of, send, text


def assert_broken(code, act, **facts):
    with pytest.raises(RuleBroken) as refusal:
        act(**facts)
    assert refusal.value.rule.code == code
    return refusal.value


@pytest.fixture
def signed_in(client, care_manager):
    client.force_login(care_manager)
    return client


def url(name, row, *more):
    return reverse(f"careplans:{name}", args=[row.pk, *more])


@pytest.mark.rule("people.signs_with_authority")
@pytest.mark.parametrize(
    "law",
    [
        None,
        {"kind": "attorney", "field": "money"},
        {"kind": "appointee", "field": "both"},
        {"until": cast.today()},
        {"since": cast.today() + timedelta(days=2)},  # of the day of collecting: a run may cross midnight
    ],
    ids=["next of kin", "money alone", "benefits alone", "ended", "not begun"],
)
def test_next_of_kin_signs_nothing_nor_whoever_decides_something_else(person, care_manager, law):
    plan = factories.draft(person, care_manager)
    mother = (
        cast.attorney(person, care_manager, **law)
        if law
        else people.add_contact(person=person, kind="family", name="Nasreen Rahman", by=care_manager)
    )
    facts = {"plan": plan, "name": "", "capacity": "representative", "how": "paper", "by": care_manager}
    refused = assert_broken("people.signs_with_authority", actions.sign_plan, representative=mother, **facts)
    assert "Nasreen Rahman" in str(refused)
    assert "legal context" in str(refused)
    assert "representative" in refused.error_dict
    assert_broken("people.signs_with_authority", actions.sign_plan, **facts)
    assert not plan.sign_offs.exists()


def test_somebody_elses_attorney_signs_nothing(person, care_manager, team):
    plan = factories.draft(person, care_manager)
    of_another = cast.attorney(cast.person(team), care_manager)
    facts = {"name": "", "capacity": "representative", "how": "paper", "by": care_manager}
    refused = assert_broken(
        "people.signs_with_authority", actions.sign_plan, plan=plan, representative=of_another, **facts
    )
    assert "Nasreen" not in str(refused)


def test_a_best_interests_decision_that_names_them_will_do(person, care_manager):
    plan = factories.draft(person, care_manager)
    brother = cast.attorney(person, care_manager, kind="best_interests", field="", decided_by="The team")
    plan = actions.sign_plan(
        plan=plan, name="x", capacity="representative", representative=brother, how="here", by=care_manager
    )
    assert plan.sign_offs.get().get_authority_display() == "Best-interests decision"


def test_the_page_offers_who_has_authority_and_refuses_who_has_none(signed_in, person, care_manager):
    plan = factories.draft(person, care_manager)
    mother = cast.attorney(person, care_manager)
    uncle = people.add_contact(
        person=person, kind="family", name="Karim Rahman", relation="uncle", by=care_manager
    )
    page = text(signed_in.get(url("sign", plan)))
    assert "Nasreen Rahman (mother): lasting power of attorney, Care and where to live" in page
    assert f"legal context of {person}" in page
    typed = {"capacity": "representative", "how": "paper"} | date_of("on", cast.today())
    refused = send(signed_in, url("sign", plan), typed)
    assert "Choose who signs for the person" in text(refused)
    refused = send(signed_in, url("sign", plan), typed | {"representative": uncle.pk})
    assert refused.status_code == 422
    assert "No authority of Karim Rahman to decide for the person" in text(refused)
    send(signed_in, url("sign", plan), typed | {"representative": mother.pk})
    signature = plan.sign_offs.get()
    assert signature.name == "Nasreen Rahman"
    page = signed_in.get(plan.get_absolute_url()).content.decode()
    assert f'href="{signature.rests_on.get_absolute_url()}">On our records' in page
    assert "Which representative" not in text(signed_in.get(url("sign", plan)))


def signature(plan, **facts):
    return SignOff(plan=plan, name="M", how="paper", before_whom="A", on=date(2024, 1, 1), **facts)


@pytest.mark.rule("careplans.representative_has_authority")
@pytest.mark.rule("careplans.authority_in_words")
def test_the_database_wants_the_authority_of_a_representative(person, care_manager):
    plan = factories.draft(person, care_manager)
    cast.attorney(person, care_manager)
    law = LegalFact.objects.get()
    wanting = {
        "careplans_representative_rests_on_a_record": {"authority": "attorney", "authority_words": "LPA"},
        "careplans_representative_has_authority": {"authority_words": "LPA", "rests_on": law},
        "careplans_authority_in_words": {"authority": "attorney", "rests_on": law},
    }
    for constraint, facts in wanting.items():
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            signature(plan, capacity="representative", **facts).save()
        assert refusal.value.__cause__.diag.constraint_name == constraint


def test_a_signature_from_before_stays_readable(signed_in, person, care_manager):
    """Its authority stands in words alone: the constraint holds for new rows, and looks at no old one."""
    plan = factories.draft(person, care_manager)
    name = "careplans_representative_rests_on_a_record"
    with connection.cursor() as cursor:
        cursor.execute("SELECT convalidated FROM pg_constraint WHERE conname = %s", [name])
        assert cursor.fetchone() == (False,)
        cursor.execute(f"ALTER TABLE careplans_signoff DROP CONSTRAINT {name}")
    old = {"authority": "attorney", "authority_words": "Power of 2 May 2024, seen by Amina"}
    signature(plan, capacity="representative", **old).save()
    page = text(signed_in.get(plan.get_absolute_url()))
    assert "Attorney (lasting power for health and welfare): Power of 2 May 2024, seen by Amina" in page
    assert "On our records" not in page
