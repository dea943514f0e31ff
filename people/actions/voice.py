"""The person's own voice: what they agree to, who speaks up for them, and what they say about themselves."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from people import rules
from people.models import AboutMe, AdvocacyTest, LegalFactShare, PersonalContact, SharingDecision
from people.moments import SHARING_DECIDED
from people.queries import funding_team, organisation_of, sharing_allowed
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .legal import owe_again


def owner(person):
    return funding_team(person, timezone.localdate()) or person.responsible_council


@transaction.atomic
def decide_sharing(*, person, by, **facts):
    """Write down what the person said about sharing. The newest decision holds; earlier ones stay.

    Raises RuleBroken: shared against an objection without telling the person or saying why not.
    """
    row = SharingDecision(person=person, organisation=owner(person), **facts)
    refused = waiting_unless_allowed(person)
    with refusals():
        record(row, by=by, why="sharing decided")
    owe_where_allowed_again(refused, by=by)
    SHARING_DECIDED.happened(person=person, by=by)
    return row


def waiting_unless_allowed(person):
    """The legal facts that would be owed to a scheme, had the person not objected."""
    rows = LegalFactShare.objects.to_share().filter(person=person)
    return [share for share in rows.select_related("scheme", "organisation__council") if not allowed(share)]


def owe_where_allowed_again(refused, *, by):
    for share in refused:
        if allowed(share):
            owe_again(share, by=by)


def allowed(share):
    return sharing_allowed(share.person, "legal", share.scheme, timezone.localdate()).allowed


@transaction.atomic
def ask_about_advocate(*, person, by, appropriate_person=None, person_agrees=False, **facts):
    """Ask the four questions of Care Act s67. Without somebody suitable, an advocate is owed from that day.

    Raises RuleBroken when the one chosen to help is paid for the care, or the person has not agreed.
    """
    if appropriate_person is not None:
        paid = (
            not appropriate_person.is_independent
            or appropriate_person.kind == PersonalContact.Kind.PROFESSIONAL
        )
        if paid or not person_agrees:
            raise rules.APPROPRIATE_PERSON.broken("appropriate_person", name=appropriate_person.name)
    for earlier in AdvocacyTest.objects.filter(person=person, superseded_on=None):
        earlier.superseded_on, earlier.next_stage_on = timezone.localdate(), None
        record(earlier, by=by, why="asked again")
    test = AdvocacyTest(
        person=person, organisation=owner(person), appropriate_person=appropriate_person,
        person_agrees=person_agrees, **facts,
    )  # fmt: skip
    set_advocate_due(test)
    with refusals():
        return record(test, by=by, why="the four questions asked")


def set_advocate_due(test):
    owed = test.has_difficulty and test.appropriate_person is None
    done = test.appointed_on or test.refused_on
    test.due_on = test.tested_on + timedelta(days=rules.ADVOCATE_WITHIN) if owed else None
    council = test.organisation.council
    test.next_stage_on = (
        first_stage_on("people.advocate_owed", council=council, due_on=test.due_on)
        if owed and not done
        else None
    )


@transaction.atomic
def follow_advocacy(*, test, by, version=None, **facts):
    """What became of it: referred, appointed, or the person said no. Raises RuleBroken on a refusal without capacity."""
    test = lock(AdvocacyTest, test.pk, version)
    for name, value in facts.items():
        setattr(test, name, value)
    set_advocate_due(test)
    with refusals(people_refusal_with_capacity="had_capacity_to_refuse"):
        return record(test, by=by, why="what became of the advocate")


@transaction.atomic
def write_about_me(*, person, by, **words):
    """A new version of About me, stamped with who wrote it for whom. Earlier versions stay as they are."""
    lock(type(person), person.pk)  # two new versions at once: the second counts on from the first
    last = AboutMe.objects.filter(person=person).aggregate(number=Max("number"))["number"] or 0
    version = AboutMe(
        person=person, organisation=organisation_of(by, person), number=last + 1, typed_by=by, **words
    )
    with refusals(
        people_about_me_names_the_helper="supported_by", people_about_me_says_why_for_person="why_for_person"
    ):
        return record(version, by=by, why=version.stamp)
