"""This floor's part of a person's page: reviews past and next."""

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from sharedlives.panels import Glance, Panel, PersonFact
from sharedlives.permissions import Permission
from sharedlives.templatetags.components import days_late

from .models import Review, ReviewAction, ReviewDue, ReviewWanted
from .picture import timeline

SHOWN = 6
SOON = 42  # days; as the first notice


def ask(user, person):
    return {
        "dues": ReviewDue.objects.visible_to(user).filter(person=person).order_by("-due_on")[:24],
        "wanted": ReviewWanted.objects.visible_to(user).open().filter(person=person)[:2],
        "promises": ReviewAction.objects.visible_to(user)
        .open()
        .filter(person=person)
        .order_by("due_on")[:SHOWN],
        "meetings": Review.objects.visible_to(user).filter(person=person)[:SHOWN],
    }


def reviews(user, person, dues, wanted, promises, meetings):
    """What is due, and the meetings. The picture holds the same as the list below it."""
    today = timezone.localdate()
    still_open = sorted(
        (due for due in dues if due.state == ReviewDue.State.OPEN), key=lambda due: due.due_on
    )
    return {
        "dues": still_open,
        "before": [due for due in dues if due.state != ReviewDue.State.OPEN][:SHOWN],
        "wanted": wanted,
        "promises": promises,
        "meetings": meetings,
        "picture": timeline(dues, today) if dues else "",
        "today": today,
    }


def at_a_glance(facts):
    """The next review, and whether it is late."""
    if facts["wanted"]:
        wanted = facts["wanted"][0]
        tone = "late" if wanted.due_on < facts["today"] else "soon"
        return [Glance("Next review", f"Wanted sooner: to be arranged by {wanted.due_on:%-d %B %Y}", tone)]
    if not facts["dues"]:
        return []
    due = facts["dues"][0]
    days = (due.due_on - facts["today"]).days
    tone = "late" if days < 0 else "soon" if days <= SOON else ""
    return [Glance("Next review", f"{due.due_on:%-d %B %Y}, {days_late(due.due_on, facts['today'])}", tone)]


def next_due(user):
    """The date of the next review of each person, for a manager's list."""
    dues = ReviewDue.objects.visible_to(user).open().filter(person=OuterRef("pk"))
    return Subquery(dues.order_by("due_on").values("due_on")[:1])


PersonFact(name="review_due_on", label="Next review due", of=next_due)
REVIEWS = Panel(
    name="reviews.reviews",
    title="Reviews",
    template="reviews/_panel.html",
    order=50,
    permission=Permission.REVIEW_VIEW,
    asks=ask,
    rows=reviews,
    glance=at_a_glance,
    sheet="reviews/_sheet.html",
)
