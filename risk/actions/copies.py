"""Copies of a signed risk assessment: given to the person and the carers, acknowledged by the schemes."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.actions import refuse_objected
from people.queries import sharing_allowed
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import RiskAssessment, RiskCopy

Reader = RiskCopy.Reader
CLOCKS = {Reader.SCHEME: "risk.copy_to_read"}


def give_out(assessment, by):
    """A signed version is to be given: one row a copy, for the person, each carer and each supporting scheme.

    A scheme to which the person objects gets none, nor do its carers; nor, by that, do they hear that there is one.
    """
    today, person = timezone.localdate(), assessment.person
    owe(assessment, by, reader=Reader.PERSON)
    for carer in queries.carers_of(person, today).select_related("organisation"):
        if sharing_allowed(person, "risk", carer.organisation, today).allowed:
            owe(assessment, by, reader=Reader.CARER, carer=carer)
    for scheme in queries.schemes_supporting(person):
        if sharing_allowed(person, "risk", scheme, today).allowed:
            owe(assessment, by, reader=Reader.SCHEME, scheme=scheme)


def owe(assessment, by, reader, **whom):
    """One copy that falls due by the policy's days."""
    council, today = assessment.organisation.council, timezone.localdate()
    due_on = today + timedelta(days=queries.policy(council, today).share_days)
    clock = CLOCKS.get(reader, "risk.copy_to_give")
    copy = RiskCopy(
        assessment=assessment, person=assessment.person, organisation=assessment.organisation, reader=reader, due_on=due_on,
        next_stage_on=first_stage_on(clock, council=council, due_on=due_on), **whom,
    )  # fmt: skip
    return record(copy, by=by, why="copy to be given")


@transaction.atomic
def share_assessment(*, assessment, scheme, by):
    """Give the version that holds to a scheme that began to support the person after it was signed.

    Raises RuleBroken where the person objects, or the scheme does not support them.
    """
    assessment = lock(RiskAssessment, assessment.pk)
    if not RiskAssessment.objects.latest_version().filter(pk=assessment.pk).exists():
        raise rules.COPY_OF_WHAT_HOLDS.broken()
    if not queries.schemes_supporting(assessment.person).filter(pk=scheme.pk).exists():
        raise rules.COPY_FOR_SUPPORTING.broken("scheme", scheme=scheme)
    refuse_objected(person=assessment.person, what="risk", with_whom=scheme, on=timezone.localdate())
    if assessment.copies.filter(scheme=scheme).exists():
        raise rules.COPY_ONCE.broken("scheme", scheme=scheme)
    return owe(assessment, by, reader=Reader.SCHEME, scheme=scheme)


@transaction.atomic
def acknowledge_copy(*, copy, by):
    """Somebody of the scheme says: we have read this version. A second time changes nothing."""
    copy = lock(RiskCopy, copy.pk)
    if copy.done_on is not None:
        return copy
    if copy.scheme_id not in {membership.organisation_id for membership in by.current_memberships()}:
        raise rules.SCHEME_READS.broken(scheme=copy.scheme)
    copy.done_on, copy.done_by, copy.next_stage_on = timezone.localdate(), by, None
    return record(copy, by=by, why="read by the scheme")


@transaction.atomic
def give_copy(*, copy, given_on, how, by, version=None):
    """The person or the carer was given their copy, in a way that they understand, or did not want one."""
    copy = lock(RiskCopy, copy.pk, version)
    if not copy.assessment.signed_on <= given_on <= timezone.localdate():
        raise rules.GIVEN_BETWEEN.broken("given_on")
    if copy.carer_id and how != RiskCopy.How.NOT_WANTED:
        refuse_objected(
            person=copy.person, what="risk", with_whom=copy.carer.organisation, on=given_on, field="given_on"
        )
    copy.done_on, copy.done_by, copy.how, copy.next_stage_on = given_on, by, how, None
    with refusals():
        return record(copy, by=by, why="copy given")


def close_copies(assessment, by, why):
    """No more reminders about copies of a version that no longer holds."""
    for copy in assessment.copies.filter(next_stage_on__isnull=False).select_for_update(no_key=True):
        copy.next_stage_on = None
        record(copy, by=by, why=why)


def copies_held(assessment):
    """Who holds a version: [(who, since when)]. Schemes had it as soon as it was sent, others once they were given it."""
    gone = [RiskCopy.How.READ_OUT, RiskCopy.How.NOT_WANTED]
    rows = assessment.copies.select_related("person", "carer", "scheme").exclude(how__in=gone)
    given = [row for row in rows if row.scheme or row.done_on]
    return [
        (str(row.scheme or row.carer or row.person.known_as), row.sent_on if row.scheme else row.done_on)
        for row in given
    ]
