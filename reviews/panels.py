"""This floor's part of a person's page: reviews past and next."""

from django.utils import timezone

from sharedlives.panels import Panel
from sharedlives.permissions import Permission

from .models import Review, ReviewDue
from .picture import timeline

SHOWN = 6


def reviews(user, person):
    """What is due, and the meetings: two queries. The picture holds the same as the list below it."""
    today = timezone.localdate()
    dues = list(ReviewDue.objects.visible_to(user).filter(person=person).order_by("-due_on")[:24])
    meetings = list(Review.objects.visible_to(user).filter(person=person)[:SHOWN])
    still_open = sorted(
        (due for due in dues if due.state == ReviewDue.State.OPEN), key=lambda due: due.due_on
    )
    return {
        "dues": still_open,
        "before": [due for due in dues if due.state != ReviewDue.State.OPEN][:SHOWN],
        "meetings": meetings,
        "picture": timeline(dues, today) if dues else "",
        "today": today,
    }


REVIEWS = Panel(
    name="reviews.reviews",
    title="Reviews",
    template="reviews/_panel.html",
    order=50,
    permission=Permission.REVIEW_VIEW,
    rows=reviews,
)
