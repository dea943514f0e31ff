"""Who may not live together: decided, looked at again, ended. Whoever may not see both reads that there is a decision."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from carers import actions, forms
from carers.models import KeptApart
from carers.pages import apart_lines
from people.access import can, person_or_404
from people.models import Person
from people.visibility import Level
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require

BOTH = ["GET", "POST"]
MAY = Permission.LIVING_TOGETHER


@require(MAY)
@require_http_methods(BOTH)
def keep_apart(request, pk):
    """Decide that somebody may not live with another one, or with anybody else."""
    person = person_or_404(request, pk, MAY, least=Level.SUPPORTS)
    held = KeptApart.objects.visible_to(request.user).holding().about([person.pk])
    form = forms.KeepApartForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.keep_apart, person=person, by=request.user), to=person,
        template="carers/keep_apart.html", person=person, lines=apart_lines(held, request.user, [person.pk]),
        done="Saved. No home where they would meet is offered as fitting, and nobody reads there whom it is about.",
    )  # fmt: skip


def row_or_404(request, pk):
    """A decision about somebody whom the user sees, and who of the two that is. Notes the look."""
    rows = KeptApart.objects.visible_to(request.user)
    row = rows.select_related("person", "other", "organisation", "decided_by").filter(pk=pk).first()
    if row is None:
        raise Http404
    both = [one for one in (row.person, row.other) if one]
    seen = set(
        Person.objects.visible_to(request.user, least=Level.SUPPORTS)
        .filter(pk__in=[one.pk for one in both])
        .values_list("pk", flat=True)
    )
    request.looked_at(seen)
    return row, next(one for one in both if one.pk in seen)


@require(Permission.PERSON_VIEW)
@require_GET
def kept_apart(request, pk):
    row, person = row_or_404(request, pk)
    reads = KeptApart.objects.read_by(request.user).filter(pk=pk).exists()
    context = {
        "row": row, "person": person, "line": line_for(request, row, person), "reads": reads,
        "may": reads and row.until is None and can(request.user, MAY, person),
    }  # fmt: skip
    return render(request, "carers/kept_apart.html", context)


def line_for(request, row, person):
    """A decision in words, as far as the user may read it."""
    (line,) = apart_lines(
        KeptApart.objects.visible_to(request.user).filter(pk=row.pk), request.user, [person.pk]
    )
    return line


def to_decide(request, pk):
    """A decision that the user reads, and may take again. 404, or 403."""
    row, person = row_or_404(request, pk)
    if not KeptApart.objects.read_by(request.user, MAY).filter(pk=pk).exists():
        raise PermissionDenied(needs(MAY))
    return row, person


@require(MAY)
@require_http_methods(BOTH)
def look_again_at_apart(request, pk):
    row, person = to_decide(request, pk)
    form = forms.LookAgainForm(request.POST or None, user=request.user, row=row, initial={"words": row.words})
    return form_page(
        request, form=form, action=partial(actions.look_again_at_apart, row=row, by=request.user), to=row,
        template="carers/look_again_at_apart.html", person=person, row=row, line=line_for(request, row, person),
        done="Saved. You are asked to look again on that day.",
    )  # fmt: skip


@require(MAY)
@require_http_methods(BOTH)
def end_apart(request, pk):
    row, person = to_decide(request, pk)
    form = forms.EndApartForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.end_apart, row=row, by=request.user), to=row,
        template="carers/end_apart.html", person=person, row=row, line=line_for(request, row, person), done="Saved. They may live together.",
    )  # fmt: skip
