"""Homes and carers: lists, pages, and the forms that change them."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carers import actions, forms, pages
from carers.access import carer_or_404, home_or_404, may
from carers.models import Availability, Carer, CarerTie, Closure, Household, SameDwelling, Training
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, has_permission, require

P = Permission
BOTH = ["GET", "POST"]
HOMES = (
    Column("label", "Home", order_by="label", link=lambda home: home.get_absolute_url()),
    Column("council", "Council area", order_by="council__name", value="council"),
    Column("area", "Postcode", order_by="postcode", value="area"),
    Column("kinds", "Approved for", value=pages.approved_kinds),
    Column("live", "Places to live", value=pages.free_to_live, numeric=True),
    Column("nights", "Nights free of the next 28", value=pages.free_nights, numeric=True),
    Column("days", "Days free", value=pages.free_weekdays),
    Column("access", "Access", value=pages.access_words),
)
CARERS = (
    Column("name", "Carer", order_by=("family_name", "given_name"), value="known_as", link=lambda c: c.get_absolute_url()),
    Column("reference", "Reference", order_by="reference"),
    Column("home", "Home", order_by="household__label", value="household.label"),
    Column("kinds", "Approved for", value=pages.kinds_in_words),
    Column("since", "Stopped on", order_by="ended_on", value="ended_on"),
)  # fmt: skip


@require(P.HOUSEHOLD_VIEW)
@require_GET
def households(request):
    today = timezone.localdate()
    narrowing = forms.HomesFilter(request.GET, user=request.user)
    homes = narrowing.narrow(Household.objects.visible_to(request.user), today)
    return list_page(
        request, pages.listed_homes(homes, today), columns=HOMES, title="Homes", template="carers/households.html",
        filters=narrowing, export_name="homes", noun=("home", "homes"), empty="Your scheme has no homes on our records yet.",
        context={"may_register": has_permission(request.user, P.HOUSEHOLD_WRITE)},
    )  # fmt: skip


@require(P.CARER_VIEW)
@require_GET
def carers(request):
    rows = pages.listed_carers(Carer.objects.visible_to(request.user), timezone.localdate())
    return list_page(
        request, rows, columns=CARERS, title="Carers", template="carers/carers.html", export_name="carers",
        noun=("carer", "carers"), empty="Your scheme has no carers on our records yet. Register them on the page of their home.",
        person="pk", context={"may_copy": has_permission(request.user, P.CARER_COPY)},
    )  # fmt: skip


@require(P.HOUSEHOLD_VIEW)
@require_GET
def household(request, pk):
    """Who lives and stays here, what is free, the carers, the limit, and when places are not available."""
    home = home_or_404(request, pk, P.HOUSEHOLD_VIEW)
    facts = pages.home_page(home, request.user, timezone.localdate())
    request.looked_at(facts["seen"])
    rights = may(
        request.user, home.schemes_now, P.HOUSEHOLD_WRITE, P.CARER_WRITE, P.CARER_APPROVE, P.CARER_COPY
    )
    return render(request, "carers/household.html", {"may": rights, **facts})


@require(P.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def register_household(request):
    form = forms.RegisterHouseholdForm(request.POST or None, user=request.user)
    action = partial(actions.register_household, by=request.user)
    return form_page(
        request,
        form=form,
        action=action,
        template="carers/register_household.html",
        done="The home is on our records.",
    )


@require(P.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def edit_household(request, pk):
    home = home_or_404(request, pk, P.HOUSEHOLD_WRITE)
    initial = {name: getattr(home, name) for name in forms.HouseholdForm.base_fields if hasattr(home, name)}
    form = forms.HouseholdForm(request.POST or None, user=request.user, row=home, initial=initial)

    def action(**facts):
        return actions.correct_household(household=home, by=request.user, version=form.opened_on(), **facts)

    return home_form(request, home, form, action, "edit_household", "Saved.")


def home_form(request, home, form, action, name, done):
    """A form about one home, back to the home's page."""
    return form_page(
        request, form=form, action=action, template=f"carers/{name}.html", to=home, done=done, home=home
    )


@require(P.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def set_limit(request, pk):
    home = home_or_404(request, pk, P.HOUSEHOLD_WRITE)
    initial = {"since": timezone.localdate()}
    form = forms.LimitForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.set_limit, household=home, by=request.user)
    return home_form(
        request, home, form, action, "set_limit", "The limit is set. Nobody who lives there is put out."
    )


@require(P.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def close_places(request, pk):
    home = home_or_404(request, pk, P.HOUSEHOLD_WRITE)
    initial = {"since": timezone.localdate()}
    form = forms.CloseForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.close_places, household=home, by=request.user)
    return home_form(
        request, home, form, action, "close_places", "Recorded. Nobody new can be booked on these days."
    )


@require(P.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def reopen(request, pk):
    closure = Closure.objects.filter(pk=pk).first()
    if closure is None:
        raise Http404
    home = home_or_404(request, closure.household_id, P.HOUSEHOLD_WRITE)
    initial = {"on": timezone.localdate()}
    form = forms.ReopenForm(request.POST or None, user=request.user, row=closure, initial=initial)
    action = partial(actions.reopen, closure=closure, by=request.user)
    return home_form(request, home, form, action, "reopen", "The places are available again.")


@require(P.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def add_member(request, pk):
    home = home_or_404(request, pk, P.HOUSEHOLD_WRITE)
    form = forms.MemberForm(request.POST or None, user=request.user)
    action = partial(actions.add_member, household=home, by=request.user)
    return home_form(request, home, form, action, "add_member", "Added.")


@require(P.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def share_household(request, pk):
    home = home_or_404(request, pk, P.HOUSEHOLD_WRITE)
    form = forms.ShareForm(request.POST or None, user=request.user, row=home)
    action = partial(actions.share_household, household=home, by=request.user)
    return home_form(
        request, home, form, action, "share_household", "Shared. Both schemes see this home now."
    )


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def register_carer(request, pk):
    home = home_or_404(request, pk, P.CARER_WRITE)
    form = forms.CarerForm(request.POST or None, user=request.user)
    action = partial(actions.register_carer, household=home, by=request.user)
    return form_page(
        request, form=form, action=action, template="carers/register_carer.html", home=home,
        done="The carer is on our records, and may take nobody until they are approved.",
    )  # fmt: skip


@require(P.CARER_VIEW)
@require_GET
def carer(request, pk):
    """What a carer is approved and trained for, and what lapses."""
    row = carer_or_404(request, pk, P.CARER_VIEW)
    facts = pages.carer_page(row, request.user, timezone.localdate())
    request.looked_at(facts["seen"])
    rights = may(request.user, row.schemes_now, P.CARER_WRITE, P.CARER_APPROVE, P.CARER_COPY)
    return render(request, "carers/carer.html", {"carer": row, "may": rights, **facts})


def carer_form(request, row, form, action, name, done):
    """A form about one carer, back to the carer's page."""
    return form_page(
        request, form=form, action=action, template=f"carers/{name}.html", to=row, done=done, carer=row
    )


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def edit_carer(request, pk):
    row = carer_or_404(request, pk, P.CARER_WRITE)
    initial = {name: getattr(row, name) for name in forms.CarerForm.base_fields if hasattr(row, name)}
    form = forms.CarerForm(request.POST or None, user=request.user, row=row, initial=initial)

    def action(**facts):
        return actions.correct_carer(carer=row, by=request.user, version=form.opened_on(), **facts)

    return carer_form(request, row, form, action, "edit_carer", "Saved.")


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def approve(request, pk):
    row = carer_or_404(request, pk, P.CARER_APPROVE)
    initial = {"since": timezone.localdate()}
    form = forms.ApproveForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.approve, carer=row, by=request.user)
    return carer_form(request, row, form, action, "approve", "Approved.")


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def record_training(request, pk):
    row = carer_or_404(request, pk, P.CARER_WRITE)
    form = forms.TrainingForm(
        request.POST or None, user=request.user, initial={"course": request.GET.get("course")}
    )
    action = partial(actions.record_training, carer=row, by=request.user)
    return carer_form(request, row, form, action, "record_training", "Training recorded.")


@require(P.CARER_WRITE)
@require_GET
def renew(request, pk):
    """From a line of My work to the form that records the renewal."""
    training = get_object_or_404(Training.objects.visible_to(request.user), pk=pk)
    return redirect(
        f"{reverse('carers:record_training', args=[training.carer_id])}?course={training.course_id}"
    )


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def declare_tie(request, pk):
    """The carer is kin to somebody whom the scheme supports, or a worker is close to the carer."""
    row = carer_or_404(request, pk, P.CARER_WRITE)
    form = forms.TieForm(request.POST or None, user=request.user)
    action = partial(actions.declare_tie, carer=row, by=request.user)
    return form_page(
        request, form=form, action=action, to="carers:carers", template="carers/declare_tie.html", carer=row,
        done="Recorded. A worker who is close to the carer neither opens nor approves them from now on.",
    )  # fmt: skip


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def state_availability(request, pk):
    """The carer says when in the week they can or cannot support."""
    row = carer_or_404(request, pk, P.CARER_WRITE)
    initial = {"since": timezone.localdate()}
    form = forms.AvailabilityForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.state_availability, carer=row, by=request.user)
    return carer_form(request, row, form, action, "state_availability", "Written down.")


@require(P.CARER_WRITE)
@require_http_methods(BOTH)
def end_availability(request, pk):
    rows = Availability.objects.current(timezone.localdate()).visible_to(request.user)
    said = get_object_or_404(rows, pk=pk)
    row = carer_or_404(request, said.carer_id, P.CARER_WRITE)
    initial = {"on": timezone.localdate()}
    form = forms.EndAvailabilityForm(request.POST or None, user=request.user, row=said, initial=initial)
    action = partial(actions.end_availability, row=said, by=request.user)
    return carer_form(request, row, form, action, "end_availability", "Written down.")


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def end_tie(request, pk):
    rows = CarerTie.objects.current(timezone.localdate()).visible_to(request.user).exclude(user=request.user)
    tie = get_object_or_404(rows, pk=pk)
    row = carer_or_404(request, tie.carer_id, P.CARER_APPROVE)
    form = forms.EndTieForm(request.POST or None, user=request.user, row=tie)
    action = partial(actions.end_tie, tie=tie, by=request.user)
    return carer_form(request, row, form, action, "end_tie", "Recorded. It no longer holds.")


@require(P.HOUSEHOLD_WRITE)
@require_http_methods(BOTH)
def move_house(request, pk):
    """The family moves: who stays there, the carers and the limit go along."""
    home = home_or_404(request, pk, P.HOUSEHOLD_WRITE)
    form = forms.MoveHouseForm(request.POST or None, user=request.user, initial={"on": timezone.localdate()})
    action = partial(actions.move_house, household=home, by=request.user)
    return form_page(
        request, form=form, action=action, template="carers/move_house.html", home=home,
        done="The home has moved. Everybody who stays there has moved along.",
    )  # fmt: skip


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def same_dwelling(request, pk):
    """This home and another row are one dwelling: both are closed to bookings until they are joined."""
    home = home_or_404(request, pk, P.CARER_APPROVE)
    form = forms.SameDwellingForm(request.POST or None, user=request.user, home=home)
    action = partial(actions.say_same_dwelling, kept=home, by=request.user)
    return home_form(
        request,
        home,
        form,
        action,
        "same_dwelling",
        "Recorded. Nothing new is booked at either until they are joined.",
    )


@require(P.CARER_APPROVE)
@require_http_methods(BOTH)
def join_dwellings(request, pk):
    rows = SameDwelling.objects.to_join().visible_to(request.user).select_related("kept", "other")
    pair = get_object_or_404(rows, pk=pk)
    form = forms.JoinForm(request.POST or None, user=request.user)

    def action():
        actions.join_dwellings(pair=pair, by=request.user)

    return form_page(
        request, form=form, action=action, to="carers:households", template="carers/join_dwellings.html", pair=pair,
        done="Joined. Whoever was at either row stands on one page now, and the places are counted together.",
    )  # fmt: skip
