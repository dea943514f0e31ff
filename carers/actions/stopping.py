"""A carer stops, is suspended, or is back; a scheme leaves a home. Those who live there are looked after by name."""

from django.db import transaction

from carers import rules
from carers.codes import Stopped, Suspended
from carers.models import Approval, Carer, HouseholdScheme, Requirement, Suspension, Training
from carers.moments import LEFT, RESUMED, STOPPED
from people.models.organisation import current
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .carers import approve, end_approval
from .homes import detach_scheme, share_household
from .ties import check_not_close

OTHER = {Stopped.OTHER, Suspended.OTHER}


@transaction.atomic
def end_carer(*, carer, on, by, because="", words=""):
    """A carer stops, from a day on. Nobody new is placed with them from now on; their approvals end with that day.

    Whoever lives or stays there gets work with an owner and a date (`STOPPED`). Raises RuleBroken without the reason
    in words where it is another one.
    """
    carer = lock(Carer, carer.pk)
    check_not_close(carer, by)
    check_words(because, words)
    carer.ended_on, carer.ended_because, carer.ended_words = on, because, words.strip()
    record(carer, by=by, why="no longer a carer")
    for model in (Training, Requirement):
        for row in model.objects.filter(carer=carer, next_stage_on__isnull=False).order_by("pk"):
            row.next_stage_on = None
            record(row, by=by, why="no longer a carer")
    for approval in Approval.objects.filter(carer=carer).current(on).order_by("pk"):
        end_approval(approval=approval, on=on, by=by)
    for row in carer.suspensions.open().order_by("pk"):
        row.until = max(on, row.since)
        record(row, by=by, why="no longer a carer")
    STOPPED.happened(carer=carer, why="stopped", on=on, by=by)
    return carer


def check_words(because, words):
    if because in OTHER and not words.strip():
        raise rules.STOPPED_BECAUSE.broken("words")


@transaction.atomic
def suspend(*, carer, on, because, by, words=""):
    """The approvals of a carer do not hold from a day on, until somebody lifts it. Nobody is put out.

    Whoever lives or stays there gets work with an owner and a date (`STOPPED`). Raises RuleBroken where they are
    suspended already, or have stopped.
    """
    carer = lock(Carer, carer.pk)
    check_not_close(carer, by)
    check_words(because, words)
    if carer.ended_on:
        raise rules.SUSPENDED_ONCE.broken()
    row = Suspension(carer=carer, because=because, words=words.strip(), since=on, by=by)
    with refusals():
        record(row, by=by, why="suspended")
    for approval in Approval.objects.filter(carer=carer).current(on).order_by("pk"):
        approval.suspension, approval.would_end_on, approval.until = row, approval.until, on
        record(approval, by=by, why="suspended")
    STOPPED.happened(carer=carer, why="suspended", on=on, by=by)
    return carer


@transaction.atomic
def lift_suspension(*, suspension, on, by, version=None):
    """The carer is approved again from a day on, for what they were approved for before. Raises RuleBroken."""
    suspension = lock(Suspension.objects.select_related("carer"), suspension.pk, version)
    check_not_close(suspension.carer, by)
    if suspension.until or on < suspension.since:
        raise rules.LIFTED_AFTER.broken("on")
    suspension.until = on
    record(suspension, by=by, why="suspension lifted")
    for old in suspension.approvals.order_by("pk"):
        if old.would_end_on is None or old.would_end_on > on:
            approve(
                carer=suspension.carer, kinds=old.kinds, since=on, until=old.would_end_on, emergency=old.emergency,
                only_for=old.only_for, conditions=old.conditions, decision=old.decision, by=by,
            )  # fmt: skip
    RESUMED.happened(carer=suspension.carer, by=by)
    return suspension.carer


@transaction.atomic
def leave_home(*, household, scheme, on, by, to=None):
    """A scheme works with a home no longer, from a day on: it closes, or the home goes `to` another scheme.

    Whoever it supports there gets work with an owner and a date (`LEFT`). Raises RuleBroken where it has left.
    """
    links = HouseholdScheme.objects.filter(current(on), household=household)
    link = links.filter(scheme=scheme, until=None).first()
    if link is None:
        raise rules.LEAVES_ONCE.broken()
    if to is not None and not links.filter(scheme=to).exists():
        share_household(household=household, scheme=to, since=on, by=by)
    detach_scheme(link=link, on=on, by=by)
    LEFT.happened(household=household, scheme=scheme, on=on, by=by)
    return household


@transaction.atomic
def leave_homes(*, scheme, on, by, to=None):
    """A scheme closes, from a day on: it leaves every home it works with then; all may go `to` another. Returns them.

    As `leave_home` for each, all of them or none. Raises RuleBroken where there is none to leave.
    """
    links = HouseholdScheme.objects.filter(current(on), scheme=scheme, until=None).select_related("household")
    homes = [link.household for link in links.order_by("household")]
    if not homes:
        raise rules.LEAVES_ONCE.broken()
    for home in homes:
        leave_home(household=home, scheme=scheme, on=on, by=by, to=to)
    return homes
