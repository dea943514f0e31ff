"""Wishes and changes of a person, reassessment after a major change, and a service that closes for several."""

from datetime import timedelta
from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from careplans import actions, forms, queries
from careplans.access import person_allowed, row_allowed
from careplans.models import Assessment, Reassessment, Service, Wish
from library.models import ProcedureText
from library.queries import procedure
from people.access import person_or_404, row_or_404
from people.models import Person
from people.visibility import Level
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
WISH, ASSESS = Permission.WISH_WRITE, Permission.ASSESSMENT_WRITE


@require(Permission.PLAN_VIEW)
@require_GET
def wishes(request, person):
    """What was asked for, whose job it is, and what became of it; reassessments too."""
    person, may = person_allowed(request, person, Permission.PLAN_VIEW)
    context = {
        "person": person,
        "wishes": Wish.objects.visible_to(request.user).filter(person=person).select_related("owner"),
        "reassessments": Reassessment.objects.visible_to(request.user)
        .filter(person=person)
        .select_related("owner"),
        "may": may,
    }
    return render(request, "careplans/wishes.html", context)


def owned(person, user, days):
    """What an `OwnedForm` asks for: who may own it, and the day it comes filled in with."""
    return {
        "workers": queries.workers_around(person, user),
        "due_on": timezone.localdate() + timedelta(days=days),
    }


@require(WISH)
@require_http_methods(BOTH)
def write_wish(request, person):
    """Write down a wish, or a change that somebody must see to."""
    person = person_or_404(request, person, WISH, least=Level.SUPPORTS)
    policy = queries.policy_for(person.responsible_council, timezone.localdate())
    form = forms.WishForm(
        request.POST or None, user=request.user, **owned(person, request.user, policy.wish_days)
    )
    return form_page(
        request, form=form, action=partial(actions.write_wish, person=person, by=request.user),
        template="careplans/write_wish.html", done="It is written down, with its owner and its date.", person=person,
    )  # fmt: skip


def wish_or_404(request, pk, permission):
    rows = Wish.objects.visible_to(request.user).select_related(
        "person__responsible_council", "owner", "written_by"
    )
    return row_or_404(request, rows, pk, permission)


@require(Permission.PLAN_VIEW)
@require_GET
def wish(request, pk):
    """One wish, to read."""
    rows = Wish.objects.visible_to(request.user).select_related(
        "person", "owner", "written_by", "organisation"
    )
    row, may = row_allowed(request, rows, pk, Permission.PLAN_VIEW)
    return render(request, "careplans/wish.html", {"wish": row, "person": row.person, "may": may})


@require(WISH)
@require_http_methods(BOTH)
def pass_on(request, pk):
    """Somebody else sees to it, or by another day."""
    row = wish_or_404(request, pk, WISH)
    workers = queries.workers_around(row.person, request.user)
    form = forms.PassOnForm(
        request.POST or None, user=request.user, row=row, workers=workers, due_on=row.due_on,
        initial={"owner": row.owner_id},
    )  # fmt: skip
    return form_page(
        request, form=form, template="careplans/pass_on.html", done="It is passed on.", wish=row, person=row.person,
        action=lambda **facts: actions.pass_on(wish=row, by=request.user, version=form.opened_on(), **facts),
    )  # fmt: skip


@require(WISH)
@require_http_methods(BOTH)
def answer(request, pk):
    """The end of a wish: what the person was told."""
    row = wish_or_404(request, pk, WISH)
    form = forms.AnswerForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, template="careplans/answer_wish.html", done="It is closed.", wish=row, person=row.person,
        action=lambda **facts: actions.answer_wish(wish=row, by=request.user, version=form.opened_on(), **facts),
    )  # fmt: skip


# -- Reassessment ------------------------------------------------------------------------------------


def what_to_do(person):
    """The council's procedure, shown in place."""
    council = person.responsible_council
    return procedure(ProcedureText.ForWhat.REASSESSMENT, council, timezone.localdate())


@require(ASSESS)
@require_http_methods(BOTH)
def reassess(request, person):
    """A major change: open a reassessment with its owner and its day."""
    person = person_or_404(request, person, ASSESS, least=Level.FUNDS)
    policy = queries.policy_for(person.responsible_council, timezone.localdate())
    form = forms.ReassessForm(
        request.POST or None, user=request.user, **owned(person, request.user, policy.reassess_days)
    )
    return form_page(
        request, form=form, action=partial(actions.open_reassessment, person=person, by=request.user),
        template="careplans/reassess.html", done="The reassessment is open.", person=person,
        procedure=what_to_do(person),
    )  # fmt: skip


@require(Permission.PLAN_VIEW)
@require_GET
def reassessment(request, pk):
    """One reassessment: what changed, who looks again, what came of it."""
    rows = Reassessment.objects.visible_to(request.user).select_related(
        "person__responsible_council", "owner"
    )
    row, may = row_allowed(request, rows, pk, Permission.PLAN_VIEW)
    context = {"reassessment": row, "person": row.person, "may": may, "procedure": what_to_do(row.person)}
    return render(request, "careplans/reassessment.html", context)


@require(ASSESS)
@require_http_methods(BOTH)
def close_reassessment(request, pk):
    """What came of it."""
    rows = Reassessment.objects.visible_to(request.user).select_related("person")
    row = row_or_404(request, rows, pk, ASSESS)
    complete = Assessment.objects.visible_to(request.user).complete().filter(person=row.person)
    form = forms.CloseReassessmentForm(request.POST or None, user=request.user, row=row, assessments=complete)

    def action(**facts):
        return actions.close_reassessment(
            reassessment=row, by=request.user, version=form.opened_on(), **facts
        )

    return form_page(
        request, form=form, action=action, template="careplans/close_reassessment.html",
        done="The reassessment is closed.", reassessment=row, person=row.person,
    )  # fmt: skip


# -- A service closes ------------------------------------------------------------------------------------


@require(Permission.PLAN_WRITE)
@require_GET
def closing(request):
    """Look for a service by its name: every one that runs in a plan of one's own people."""
    words = request.GET.get("service", "").strip()
    if words:
        return redirect("careplans:service_closes", words)
    return render(request, "careplans/closing.html", {})


MOST = 200  # people that one page shows and one press opens a change for


@require(Permission.PLAN_WRITE)
@require_http_methods(BOTH)
def service_closes(request, words):
    """A service closes: everybody whom it concerns at once, and a change for each one's care manager."""
    people = Person.objects.visible_to(request.user, least=Level.FUNDS, permission=Permission.PLAN_WRITE)
    found = list(queries.getting(words, request.user).filter(plan__person__in=people)[:MOST])
    request.looked_at([service.plan.person_id for service in found])
    form = forms.ClosingForm(request.POST or None, user=request.user)
    services = Service.objects.filter(pk__in=[service.pk for service in found])
    return form_page(
        request, form=form, action=partial(actions.service_closes, services=services, by=request.user),
        template="careplans/service_closes.html", done="A change is open for each of them.",
        to=lambda _count: reverse("careplans:closing"), words=words, found=found, most=MOST,
        procedure=procedure(ProcedureText.ForWhat.SERVICE_CLOSES, None, timezone.localdate()),
    )  # fmt: skip
