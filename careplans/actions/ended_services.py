"""A service that ends by its own last day: nobody presses a button for it, so the clock looks every night."""

from django.db import transaction

from people.models import Involvement, Person
from people.queries import managers_of
from people.visibility import Level
from sharedlives.records.actions import lock
from sharedlives.worklist.actions import job_run

from ..models import CarePlan, Service, Wish
from ..timetable import hours_alone, timetable
from .wishes import write_wish


def look_at_ended_services(*, as_of, progress=None):
    """Open a change for each service of a plan that holds and whose last day has come. Returns the run.

    Running twice, or late, changes nothing more. Where nobody may see to it, a gap says so already; the next night
    asks again.
    """
    with job_run("look_at_ended_services", as_of) as run:
        run.done = {"opened": 0, "nobody_to_ask": 0}
        for pk in list(Service.objects.ended_unnoticed(as_of).order_by("pk").values_list("pk", flat=True)):
            change = open_change_for_ended(pk, as_of)
            run.done["opened" if change else "nobody_to_ask"] += 1
            if progress:
                progress(1)
    return run


@transaction.atomic
def open_change_for_ended(pk, as_of):
    """The change that one ended service is, with the hours that rest on the carer alone from that day on."""
    plan = lock(CarePlan, Service.objects.get(pk=pk).plan_id)
    service = Service.objects.ended_unnoticed(as_of).filter(pk=pk).first()
    owner = service and who_sees_to_it(plan.person, as_of)
    if owner is None:
        return None
    running = [row for row in plan.services.all() if row.until is None or row.until >= service.until]
    with_it, without = (
        hours_alone(timetable(rows)).total
        for rows in (running, [row for row in running if row.pk != service.pk])
    )
    more = f" {without - with_it:g} more hours a week rest on the carer alone." if without > with_it else ""
    words = f"{service.name} ended on {service.until:%-d %B %Y}.{more} Look at rest, other support, and the budget."
    return write_wish(
        person=plan.person, words=words, said_by=Wish.Said.WORKER, kind=Wish.Kind.CHANGE, by=None, owner=owner,
        ended_service=service,
    )  # fmt: skip


def who_sees_to_it(person, on):
    """The named worker of the team that funds the person, else its manager; None where neither can open the record."""
    row = Involvement.objects.funding().current(on).filter(person=person).select_related("worker").first()
    if row is None:
        return None
    asked = ([row.worker] if row.worker else []) + managers_of(row.organisation, on)
    sees = (user for user in asked if sees_record(user, person))
    return next(sees, None)


def sees_record(user, person):
    return Person.objects.visible_to(user, least=Level.SUPPORTS).filter(pk=person.pk).exists()
