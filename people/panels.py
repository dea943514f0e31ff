"""This floor's part of a person's page."""

from django.utils import timezone

from sharedlives.panels import Panel
from sharedlives.permissions import Permission


def around(user, person):
    """Who is involved, and who is in the person's own life."""
    today = timezone.localdate()
    involved = person.involvements.select_related("organisation", "worker").order_by("-until", "-since")
    contacts = [c for c in person.contacts.all() if c.until is None or c.until > today]
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
