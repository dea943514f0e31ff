"""This floor's part of a person's page."""

from django.utils import timezone

from sharedlives.panels import Panel
from sharedlives.permissions import Permission

from .models import Person
from .visibility import Level


def around(user, person):
    """Who is involved, and who is in the person's own life.

    Whoever was only asked about the person, or whose part has ended, reads of the own organisation alone.
    """
    today = timezone.localdate()
    involved = person.involvements.select_related("organisation", "worker").order_by("-until", "-since")
    if not Person.objects.visible_to(user, least=Level.SUPPORTS).filter(pk=person.pk).exists():
        own = {membership.organisation_id for membership in user.current_memberships()}
        return sorted_by_day([row for row in involved if row.organisation_id in own], [], today)
    contacts = [c for c in person.contacts.all() if c.until is None or c.until > today]
    return sorted_by_day(involved, contacts, today)


def sorted_by_day(involved, contacts, today):
    return {
        "involved": [row for row in involved if row.until is None or row.until > today],
        "before": [row for row in involved if row.until is not None and row.until <= today],
        "contacts": contacts,
    }


AROUND = Panel(
    name="people.around",
    title="Who is around the person",
    template="people/_around.html",
    order=10,
    permission=Permission.PERSON_VIEW,
    rows=around,
)
