"""By when a person is to be seen again, and asked again how they communicate: kept up with the council's policy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import DateField, F
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from people.models import CommunicationNeed, ContactNote, ContactPolicy, Organisation
from people.queries import contact_policy
from sharedlives.records.actions import record
from sharedlives.worklist import ladders
from sharedlives.worklist.deadlines import first_stage_on, stages_of

SHOWN = 20  # examples on the page before a policy is saved; the count is of all


@dataclass(frozen=True)
class Clock:
    """`rows()` keep it, counted from the day `since` over the days that the policy's field `days` says."""

    deadline: str
    rows: Callable
    since: object
    days: str

    def under(self, council, policy):
        """The rows of people for whom a council answers that a policy moves, each with its new date in `to`."""
        to = Cast(self.since + timedelta(days=getattr(policy, self.days)), DateField())
        rows = self.rows().filter(person__responsible_council=council).annotate(to=to)
        return rows.exclude(due_on=F("to"))


SEEN = Clock("people.contact", ContactNote.objects.keeping_the_clock, TruncDate("happened_at"), "days")
ASKED = Clock(
    "people.communication", CommunicationNeed.objects.keeping_the_clock, F("asked_on"), "communication_days"
)


def start(clock, row, *, since, by, why):
    """Let a row keep a clock of its person, by the policy of the council that answers for them today."""
    council = row.person.responsible_council
    days = getattr(contact_policy(council, timezone.localdate()), clock.days)
    row.due_on = since + timedelta(days=days)
    row.next_stage_on = first_stage_on(clock.deadline, council=council, due_on=row.due_on)
    return record(row, by=by, why=why)


@transaction.atomic
def follow_contact_policies(*, on, person=None):
    """Bring every open date under the policy in force on a day; of one person, where one is named.

    Running twice, or late, changes nothing more. Returns how many dates moved.
    """
    councils = [person.responsible_council] if person else Organisation.objects.councils()
    return sum(
        move(clock, council, contact_policy(council, on), person)
        for council in councils
        for clock in (SEEN, ASKED)
    )


def move(clock, council, policy, person):
    """Bring the rows of a council under a policy. Returns how many dates moved.

    The clock is bookkeeping beside what was written down, so a bare update: no history, no new version of it.
    """
    rows = clock.under(council, policy)
    rows = rows.filter(person=person) if person else rows
    moving = {
        row.pk: row.to for row in rows.only("pk").order_by("pk").select_for_update(no_key=True, of=("self",))
    }
    stages, table = stages_of(clock.deadline, council), rows.model._base_manager
    for to in set(moving.values()):
        table.filter(pk__in=[pk for pk, day in moving.items() if day == to]).update(
            due_on=to, next_stage_on=ladders.first_stage_on(stages, to)
        )
    return len(moving)


@transaction.atomic
def set_contact_policy(*, policy, by):
    """Save a version. In force already, it moves the open dates at once; else on its day. Returns how many."""
    record(policy, by=by, why=f"policy from {policy.in_force_from}")
    return follow_contact_policies(on=timezone.localdate())


def preview_contact_policy(policy):
    """([the first rows that this version would move, each with `to`], how many in all, how many late at once).

    Changes nothing.
    """
    councils = [policy.council] if policy.council_id else without_own(policy.in_force_from)
    found, count, late, today = [], 0, 0, timezone.localdate()
    for council in councils:
        for clock in (SEEN, ASKED):
            rows = (
                clock.under(council, policy).select_related("person__responsible_council").order_by("due_on")
            )
            count += rows.count()
            late += rows.filter(to__lt=today, due_on__gte=today).count()
            found += rows[: SHOWN - len(found)]
    return found, count, late


def without_own(on):
    """The councils that run on the shipped policy on a day."""
    own = ContactPolicy.objects.filter(in_force_from__lte=on).exclude(council=None)
    return Organisation.objects.councils().exclude(pk__in=own.values("council"))
