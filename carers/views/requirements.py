"""Checks, references, insurances and reviews: recorded for a carer, for somebody of the family, or for the home."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .. import actions, forms
from ..access import carer_or_404, home_or_404
from ..models import HouseholdMember, Requirement, TrainingCourse

P = Permission
BOTH = ["GET", "POST"]


def subject_or_404(request, about, pk, permission):
    """A carer, somebody of the family or a home, and the page to which its forms lead back: (row, page)."""
    if about == "carer":
        row = carer_or_404(request, pk, permission)
        return row, row
    if about == "household":
        row = home_or_404(request, pk, permission)
        return row, row
    member = HouseholdMember.objects.filter(pk=pk, until=None).first() if about == "member" else None
    if member is None:
        raise Http404
    return member, home_or_404(request, member.household_id, permission)


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def record_requirement(request, about, pk):
    row, page = subject_or_404(request, about, pk, P.CARER_WRITE)
    initial = {"kind": request.GET.get("kind")}
    form = forms.RequirementForm(request.POST or None, user=request.user, about=about, initial=initial)
    action = partial(actions.record_requirement, by=request.user, **{about: row})
    return form_page(
        request, form=form, action=action, to=page, done="Recorded.", subject=row, page=page,
        template="carers/record_requirement.html",
    )  # fmt: skip


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def exempt(request, about, pk):
    """For a reason and a time somebody need not have what is asked: a scheme manager decides."""
    row, page = subject_or_404(request, about, pk, P.CARER_APPROVE)
    form = forms.ExemptForm(request.POST or None, user=request.user, about=about)

    def action(what, **facts):
        if isinstance(what, TrainingCourse):
            return actions.exempt_from_course(course=what, by=request.user, **facts, **{about: row})
        return actions.exempt(kind=what, by=request.user, **facts, **{about: row})

    return form_page(
        request, form=form, action=action, to=page, done="Recorded. It ends by itself.", subject=row, page=page,
        template="carers/exempt.html",
    )  # fmt: skip


@require(P.CARER_WRITE)
@require_GET
def renew_requirement(request, pk):
    """From a line of My work to the form that records it anew."""
    row = get_object_or_404(Requirement.objects.visible_to(request.user), pk=pk)
    about = "carer" if row.carer_id else "member" if row.member_id else "household"
    return redirect(
        f"{reverse('carers:record_requirement', args=[about, row.subject.pk])}?kind={row.kind_id}"
    )
