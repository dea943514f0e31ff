"""What is due: the list, one due, and what can be done about it."""

from functools import partial

from django import forms as django_forms
from django.db.models import Count, OuterRef, Q, Subquery
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people.access import can, person_or_404, row_or_404
from people.models import Involvement
from people.visibility import Level
from reviews import actions, forms
from reviews.models import ReviewDue, ReviewSubject
from reviews.queries import open_dues
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, has_permission, require

BOTH = ["GET", "POST"]
SHOWS = [("", "All open reviews"), ("overdue", "Overdue"), ("coming", "Due in the next six weeks")]


def link(row):
    return row.get_absolute_url()


COLUMNS = (
    Column("person", "Person", order_by="person__sort_name", value="person.known_as", link=link),
    Column("what", "Review", order_by=("is_first", "subject"), value="what"),
    Column("due", "Due", order_by="due_on", value="due_on"),
    Column("standing", "How it stands", value=lambda due: standing(due), tag=True),
    Column("meeting", "Meeting", order_by="planned_on", value="planned_on"),
    Column("worker", "Named worker", order_by="worker_name", value="worker_name"),
    Column("team", "Team", order_by="organisation__name", value="organisation"),
)


def standing(due):
    today = timezone.localdate()
    return "Overdue" if due.due_on < today else "Due today" if due.due_on == today else "Open"


class ShowForm(django_forms.Form):
    show = django_forms.ChoiceField(label="Show", choices=SHOWS, required=False)


def shown(dues, show, today):
    """The same named sets that the tiles count."""
    return {"overdue": dues.overdue, "coming": dues.coming}.get(show, lambda _today: dues)(today)


def with_list_facts(dues):
    today = timezone.localdate()
    funding = Involvement.objects.funding().current(today).filter(person=OuterRef("person"))
    planned = ReviewSubject.objects.filter(due=OuterRef("pk"), outcome=ReviewSubject.Outcome.PLANNED)
    return dues.select_related("person", "organisation").annotate(
        worker_name=Subquery(funding.values("worker__name")[:1]),
        planned_on=Subquery(planned.values("review__planned_on")[:1]),
    )


@require(Permission.REVIEW_VIEW)
@require_GET
def dues(request):
    """Overdue, the next six weeks, or all: counted, listed, exported and reminded of from one set."""
    today = timezone.localdate()
    rows = ReviewDue.objects.open().visible_to(request.user)
    show = request.GET.get("show", "")
    soon = Q(pk__in=rows.coming(today).values("pk"))
    tiles = rows.aggregate(
        open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)), coming=Count("pk", filter=soon)
    )
    return list_page(
        request, with_list_facts(shown(rows, show, today)), columns=COLUMNS, template="reviews/list.html",
        title="Reviews", filters=ShowForm(request.GET), export_name="reviews", person="person_id",
        noun=("review", "reviews"), context={"tiles": tiles, "oversees": has_permission(request.user, Permission.TEAM_VIEW)},
        empty="No reviews here. A review comes onto this list when a placement starts.",
    )  # fmt: skip


def due_or_404(request, pk, permission, rows=None):
    rows = ReviewDue.objects.all() if rows is None else rows
    rows = rows.visible_to(request.user).select_related(
        "person", "organisation", "policy", "placement__scheme"
    )
    return row_or_404(request, rows, pk, permission)


@require(Permission.REVIEW_VIEW)
@require_GET
def due(request, pk):
    """One review that is owed: its dates, why they are what they are, and the meetings about it."""
    row = due_or_404(request, pk, Permission.REVIEW_VIEW)
    meetings = (
        row.subjects.filter(review__entered_in_error=None)
        .select_related("review__reviewer")
        .order_by("-review__planned_on")
    )
    same = ReviewDue.objects.visible_to(request.user).filter(
        person=row.person, subject=row.subject, placement=row.placement_id, service=row.service
    )
    context = {
        "due": row,
        "person": row.person,
        "meetings": meetings,
        "rounds": same.exclude(pk=row.pk).order_by("-cycle"),
        "planned": any(meeting.outcome == ReviewSubject.Outcome.PLANNED for meeting in meetings),
        "may_arrange": row.state == ReviewDue.State.OPEN
        and can(request.user, Permission.REVIEW_ARRANGE, row.person),
    }
    return render(request, "reviews/due.html", context)


@require(Permission.REVIEW_ARRANGE)
@require_http_methods(BOTH)
def schedule(request, pk):
    """Arrange a meeting. It may serve other dues of the person that fall near."""
    row = due_or_404(request, pk, Permission.REVIEW_ARRANGE)
    form = forms.ScheduleForm(
        request.POST or None, user=request.user, row=row, due=row, dues=open_dues(row.person)
    )
    return form_page(
        request, form=form, action=partial(actions.schedule, by=request.user), template="reviews/schedule.html",
        to=lambda review: reverse("reviews:guests", args=[review.pk]),
        done="The meeting is arranged. Now ask whom the person wants there.", due=row, person=row.person,
    )  # fmt: skip


@require(Permission.REVIEW_ARRANGE)
@require_http_methods(BOTH)
def no_longer_owed(request, pk):
    row = due_or_404(request, pk, Permission.REVIEW_ARRANGE)
    form = forms.NoLongerOwedForm(request.POST or None, user=request.user, row=row)

    def action(why):
        facts = {"on": timezone.localdate(), "by": request.user, "version": form.opened_on()}
        return actions.no_longer_owed(due=row, why=why, **facts)

    return form_page(
        request, form=form, action=action, template="reviews/no_longer_owed.html", due=row, person=row.person,
        done="Recorded as no longer owed. It stays on the record.",
    )  # fmt: skip


@require(Permission.REVIEW_ARRANGE)
@require_http_methods(BOTH)
def new_service(request, person):
    """A new service in the person's package: its first review comes onto the list."""
    row = person_or_404(request, person, Permission.REVIEW_ARRANGE, least=Level.FUNDS)
    form = forms.ServiceForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.open_service_due, person=row, by=request.user),
        template="reviews/new_service.html", done="Its first review is on the list.", person=row,
    )  # fmt: skip
