"""One worker on one page, for their manager: their people, what is due, and days since somebody saw them."""

from datetime import timedelta

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.models import ContactNote, Involvement, Person, User
from people.queries import contact_days
from sharedlives.lists import Column, list_page
from sharedlives.panels import FACTS
from sharedlives.permissions import GRANTS, Permission, require

FEWEST = 5  # pressures show to managers only as counts of so many or more
WORKERS = (
    Column(
        "name", "Worker", order_by="worker__name", value=lambda row: row["worker__name"],
        link=lambda row: reverse("people:worker", args=[row["worker"]]),
    ),
    Column("people", "People", order_by="people", value=lambda row: row["people"], numeric=True),
    Column("unseen", "Not seen for too long", order_by="unseen", value=lambda row: row["unseen"], numeric=True),
)  # fmt: skip


def last_seen(person):
    """When the council last saw the person, by the contact log. `person` is the lookup that leads to them."""
    notes = ContactNote.objects.council_saw().filter(person=OuterRef(person))
    return Subquery(notes.order_by("-happened_at").values("happened_at")[:1])


def managed(user):
    """Condition: the row belongs to an organisation that this manager manages, or to one beneath it."""
    own = [m.organisation for m in user.current_memberships() if Permission.TEAM_VIEW in GRANTS[m.role]]
    return Q(*[("organisation__path__startswith", one.path) for one in own], _connector=Q.OR)


def caseload(user, today):
    """Who works with whom today, among the persons whom this manager may see, in the manager's organisations."""
    seen = Person.objects.visible_to(user, permission=Permission.TEAM_VIEW).living()
    rows = Involvement.objects.current(today).filter(person__in=seen, worker__isnull=False)
    return rows.filter(managed(user), role__in=("funds", "co_funds", "supports"))


@require(Permission.TEAM_VIEW)
@require_GET
def workers(request):
    """The workers of the manager's people: how many people each has, and how many were not seen for too long."""
    today = timezone.localdate()
    days = contact_days(request.user.current_memberships()[0].organisation.council, today)
    rows = (
        caseload(request.user, today)
        .annotate(seen_at=last_seen("person"))
        .values("worker", "worker__name")
        .annotate(
            people=Count("person", distinct=True),
            unseen=Count("person", filter=unseen(days), distinct=True),
        )
        .order_by("worker__name")
    )
    return list_page(
        request, rows, columns=WORKERS, template="people/workers.html", title="Workers and their people",
        noun=("worker", "workers"), export_name="workers", empty="No worker has people in your teams yet.",
        context={"days": days, "pressures": pressures(request.user)},
    )  # fmt: skip


def unseen(days):
    """Seen once, and not again in time; persons whom the log does not know yet are not counted."""
    return Q(seen_at__lt=timezone.now() - timedelta(days=days))


def pressures(user):
    """How often no contact was possible for want of time or money in a quarter: only counts of five or more."""
    since = timezone.now() - timedelta(days=90)
    rows = ContactNote.objects.not_in_error().filter(
        managed(user), person__in=Person.objects.visible_to(user), happened_at__gte=since,
        no_contact_because__in=ContactNote.PRESSURES,
    )  # fmt: skip
    counted = dict(rows.values_list("no_contact_because").annotate(times=Count("pk")).order_by())
    return [
        (ContactNote.Why(code).label, times if (times := counted.get(code, 0)) >= FEWEST else "")
        for code in ContactNote.PRESSURES
    ]


@require(Permission.TEAM_VIEW)
@require_GET
def worker(request, pk):
    """One worker's people."""
    today = timezone.localdate()
    who = get_object_or_404(User, pk=pk)
    rows = caseload(request.user, today).filter(worker=who)
    if not rows.exists():
        raise Http404
    people = Person.objects.visible_to(request.user, permission=Permission.TEAM_VIEW).filter(
        pk__in=rows.values("person")
    )
    people = people.annotate(
        seen_at=last_seen("pk"),
        since=Max("involvements__since", filter=Q(involvements__worker=who, involvements__until=None)),
        **{fact.name: fact.of(request.user) for fact in FACTS},
    )
    return list_page(
        request, people, columns=columns(today), template="people/worker.html", title=f"{who}: people",
        noun=("person", "people"), export_name="people-of-a-worker", person="pk", context={"who": who},
    )  # fmt: skip


def columns(today):
    """Who, since when, when seen, and what the floors above add."""
    return (
        Column("name", "Name", order_by="sort_name", value="known_as", link=lambda p: p.get_absolute_url()),
        Column("since", "With this worker’s organisation since", order_by="since", value="since"),
        Column("seen", "Last seen by the council", order_by="seen_at", value=lambda p: seen_on(p)),
        Column(
            "days",
            "Days since",
            numeric=True,
            value=lambda p: (today - seen_on(p)).days if p.seen_at else None,
        ),
        *(Column(fact.name, fact.label, order_by=fact.name, value=fact.name) for fact in FACTS),
    )


def seen_on(person):
    return timezone.localdate(person.seen_at) if person.seen_at else None
