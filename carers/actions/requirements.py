"""What carers, the adults who live with them and their home must have: recorded, owed, exempt."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from carers import rules
from carers.codes import ASKED_OF, About, Decision
from carers.models import Carer, Household, Requirement, RequirementKind, Training
from carers.moments import READY
from sharedlives.records.actions import lock, record, strike
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .carers import scheme_of
from .ties import check_not_close

DEADLINE = "carers.requirement"


@transaction.atomic
def record_requirement(
    *,
    kind,
    done_on,
    by,
    expires_on=None,
    number="",
    level="",
    decision=Decision.SATISFIED,
    words="",
    **subject,
):
    """Something that is asked of a carer, a member of the family or a home is done. `subject`: one of carer, member, household.

    It lasts as long as its kind says, or until `expires_on` where the paper says another day. Where the scheme is not
    satisfied it counts for nothing. Raises RuleBroken for a day to come, a check without its number, or whoever it is
    not asked of.
    """
    if done_on > timezone.localdate():
        raise rules.DONE_ALREADY.broken("done_on")
    if kind.is_check and not (number.strip() and level):
        raise rules.CHECK_HAS_NUMBER.broken("number")
    row = Requirement(
        kind=kind, done_on=done_on, number=number.strip(), level=level, decision=decision, words=words.strip(),
        expires_on=expires_on or rules.expires_on(done_on, kind.months), **subject,
    )  # fmt: skip
    due_on = done_on if decision == Decision.NOT_SATISFIED else row.expires_on
    return put_in_place(row, due_on, by, "done")


@transaction.atomic
def exempt(*, kind, because, until, by, **subject):
    """Somebody need not have something until a day (the first on which they must), for a reason. Raises RuleBroken."""
    if subject.get("carer"):
        check_not_close(subject["carer"], by)
    if not because.strip() or until is None:
        raise rules.EXEMPT_UNTIL.broken("because")
    today = timezone.localdate()
    row = Requirement(kind=kind, done_on=today, expires_on=until, exempt_because=because.strip(), **subject)
    return put_in_place(row, until, by, "exempt for a time")


@transaction.atomic
def exempt_from_course(*, carer, course, because, until, by):
    """A carer need not have done a course until a day, for a reason; never the one for emergencies. Raises RuleBroken."""
    check_not_close(carer, by)
    if course.for_emergencies:
        raise rules.NO_EXEMPTION.broken()
    if not because.strip() or until is None:
        raise rules.EXEMPT_UNTIL.broken("because")
    lock(Carer, carer.pk)
    training = Training(
        carer=carer, course=course, done_on=timezone.localdate(), expires_on=until, due_on=until,
        next_stage_on=first_stage_on("carers.training", council=carer.organisation.council, due_on=until),
        exempt_because=because.strip(),
    )  # fmt: skip
    with refusals(carers_training_dates_in_order="until", carers_training_once_a_day="what"):
        record(training, by=by, why="exempt for a time")
    earlier = Training.objects.filter(carer=carer, course=course, due_on__isnull=False).exclude(
        pk=training.pk
    )
    for old in earlier.order_by("pk"):
        old.due_on = old.next_stage_on = None
        record(old, by=by, why="exempt for a time")
    READY.happened(carer=carer, by=by)
    return training


@transaction.atomic
def ask_when_due(*, member, by):
    """Whoever lives in the home is checked: those of full age within four weeks, others by their 18th birthday."""
    today = timezone.localdate()
    due_on = today + timedelta(days=rules.CHECK_WITHIN)
    if not rules.of_age(member.born_in, rules.ADULT_AT, today):
        due_on = rules.of_age_on(member.born_in)
    for kind in RequirementKind.objects.filter(about=About.ADULT, is_check=True):
        put_in_place(Requirement(kind=kind, member=member), due_on, by, "to be checked")


def put_in_place(row, due_on, by, why):
    """Save a requirement; where it is the newest of its kind, the clock of those before it ends and its own begins."""
    name = next(name for name in ASKED_OF if getattr(row, f"{name}_id"))
    if row.kind.about not in ASKED_OF[name]:
        raise rules.NOT_THEIRS.broken("kind", kind=row.kind)
    lock(Household, row.home.pk)
    row.organisation = row.carer.organisation if row.carer_id else scheme_of(row.home)
    same = Requirement.objects.filter(kind=row.kind, **{name: row.subject}).order_by("pk")
    newest = row.done_on is None or not same.filter(done_on__gt=row.done_on).exists()
    if newest and due_on:
        row.due_on = due_on
        row.next_stage_on = first_stage_on(DEADLINE, council=row.organisation.council, due_on=due_on)
    with refusals(carers_requirement_dates_in_order="expires_on"):
        record(row, by=by, why=why)
    if newest:
        for earlier in same.filter(due_on__isnull=False).exclude(pk=row.pk):
            settle(earlier, by)
        for carer in Carer.objects.filter(household=row.home, ended_on=None).order_by("pk"):
            READY.happened(carer=carer, by=by)
    return row


def settle(earlier, by):
    """A newer row of its kind is there: what was only owed goes, what was done stays without a clock."""
    if earlier.done_on is None:
        strike(earlier, by=by, why="done")
        return
    earlier.due_on = earlier.next_stage_on = None
    record(earlier, by=by, why="renewed")
