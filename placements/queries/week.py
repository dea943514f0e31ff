"""Who supports a person, and what they said about their week: asked by the pages of a plan."""

from django.db.models import Q

from carers.codes import PlacementKind
from carers.models import Availability, Carer
from carers.rules import not_there
from sharedlives.together import fetch

from ..clashes import clashes
from ..models import Placement


def week_clashes(user, plan, week, on):
    """Where the week of a plan rests on carers who cannot support then, as far as the user sees the placements.

    Somebody who lives with a carer is supported by whoever is a carer in that home.
    """
    rows = Placement.objects.visible_to(user).filter(person=plan.person_id).not_ended()
    if week.lives_in:
        rows = rows.filter(kind=PlacementKind.LIVE_IN)
    there = Q(placements__in=rows) | Q(household__placements__in=rows.filter(kind=PlacementKind.LIVE_IN))
    carers = Carer.objects.active(on).filter(there).distinct()
    said = Availability.objects.current(on).filter(carer__in=carers.order_by().values("pk"))
    fetch(carers, said)
    theirs = {carer.pk: [row for row in said if row.carer_id == carer.pk] for carer in carers}
    return clashes(week, [(carer.known_as, not_there(theirs[carer.pk])) for carer in carers])
