"""A carer stops, is suspended, or is back; the scheme leaves a home."""

from functools import partial

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from carers import actions, forms
from carers.access import carer_or_404, home_or_404
from carers.forms.stopping import EndMemberForm, LeaveHomesForm
from carers.models import COUNTED, HouseholdMember, HouseholdScheme, Suspension
from carers.models.home import own_schemes
from people.models.organisation import current
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .homes import BOTH, carer_form

P = Permission


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def end_carer(request, pk):
    row = carer_or_404(request, pk, P.CARER_APPROVE)
    form = forms.EndCarerForm(request.POST or None, user=request.user, row=row)
    action = partial(actions.end_carer, carer=row, by=request.user)
    done = "Recorded. The approvals end with that day; whoever lives there is on somebody’s list by name."
    return carer_form(request, row, form, action, "end_carer", done)


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def suspend(request, pk):
    row = carer_or_404(request, pk, P.CARER_APPROVE)
    initial = {"on": timezone.localdate()}
    form = forms.SuspendForm(request.POST or None, user=request.user, row=row, initial=initial)
    action = partial(actions.suspend, carer=row, by=request.user)
    done = "Suspended. Nobody new is placed here; whoever lives there is on somebody’s list by name."
    return carer_form(request, row, form, action, "suspend", done)


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def lift_suspension(request, pk):
    found = get_object_or_404(Suspension.objects.open().visible_to(request.user), pk=pk)
    row = carer_or_404(request, found.carer_id, P.CARER_APPROVE)
    initial = {"on": timezone.localdate()}
    form = forms.LiftForm(request.POST or None, user=request.user, row=found, initial=initial)

    def action(on):
        return actions.lift_suspension(suspension=found, on=on, by=request.user, version=form.opened_on())

    return carer_form(request, row, form, action, "lift_suspension", "Lifted. The approvals hold again.")


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def leave_home(request, pk):
    """The scheme of the user leaves the home; another one may take over."""
    home = home_or_404(request, pk, P.CARER_APPROVE)
    own = own_schemes(request.user, P.CARER_APPROVE)
    scheme = next(one for one in home.schemes_now if one.pk in own)
    form = forms.LeaveHomeForm(request.POST or None, user=request.user, initial={"on": timezone.localdate()})
    action = partial(actions.leave_home, household=home, scheme=scheme, by=request.user)
    return form_page(
        request, form=form, action=action, to="carers:households", template="carers/leave_home.html", home=home,
        scheme=scheme, done="Recorded. Whoever your scheme supports there is on somebody’s list by name.",
    )  # fmt: skip


@require(P.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def end_member(request, pk):
    """Somebody of the carer's family moves out."""
    row = get_object_or_404(HouseholdMember.objects.select_related("household"), pk=pk)
    home = home_or_404(request, row.household_id, P.HOUSEHOLD_WRITE)
    request.looked_at([row.pk])
    form = EndMemberForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.end_member(member=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="carers/end_member.html", to=home, home=home, member=row,
        done="Recorded. Nothing more is asked of them.",
    )  # fmt: skip


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def leave_homes(request):
    """The whole scheme closes. Which homes, and how many people, stands above the button."""
    own, today = own_schemes(request.user, P.CARER_APPROVE), timezone.localdate()
    links = HouseholdScheme.objects.filter(current(today), scheme__in=own, until=None)
    there = Q(household__stays__state__in=COUNTED, household__stays__period__contains=today)
    people = Count("household__stays__person", filter=there, distinct=True)
    homes = links.annotate(people=people).select_related("household", "scheme").order_by("household__label")
    form = LeaveHomesForm(request.POST or None, user=request.user, initial={"on": today, "scheme": own[0]})
    return form_page(
        request, form=form, action=partial(actions.leave_homes, by=request.user), to="carers:households",
        template="carers/leave_homes.html", homes=homes,
        done="Recorded. Whoever the scheme supports is on somebody’s list by name.",
    )  # fmt: skip
