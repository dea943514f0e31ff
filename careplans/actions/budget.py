"""The personal budget."""

from django.db import transaction

from people.models import Person
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .. import rules
from ..models import PersonalBudget
from .owners import owner
from .signing import tell_signed_off


@transaction.atomic
def set_budget(*, person, weekly_pounds, since, by, signed_off_on=None, **facts):
    """The budget from a day on, in pounds a week. The one before ends that day; the same day corrects it.

    `facts`: whether it is sufficient, what it falls short of, the direct payment in it and who manages that.
    """
    lock(Person, person.pk)
    current = PersonalBudget.objects.filter(person=person).order_by("-since").first()
    if current is not None and current.since > since:
        raise rules.BUDGET_ORDER.broken("since", since=f"{current.since:%-d %B %Y}")
    if current is not None and current.since < since:
        current.until = since
        record(current, by=by, why="another budget follows")
        current = None
    budget = current or PersonalBudget(person=person, organisation=owner(person, by), since=since)
    budget.weekly_pounds = weekly_pounds
    budget.signed_off_on = signed_off_on
    budget.signed_off_by = by if signed_off_on else None
    for name, value in facts.items():
        setattr(budget, name, value)
    fields = {
        "careplans_one_budget_at_a_time": "since",
        "careplans_short_budget_says_of_what": "short_because",
        "careplans_direct_payment_within_budget": "direct_payment_pounds",
    }
    with refusals(**fields):
        record(budget, by=by, why="budget signed off" if signed_off_on else "budget set")
    if signed_off_on:
        tell_signed_off(person, by)
    return budget
