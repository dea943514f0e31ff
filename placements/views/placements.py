"""Placements: the list, one placement, its gate, its start and its end."""

from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people.access import person_or_404, row_or_404
from people.models import Organisation
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require
from sharedlives.together import fetch

from .. import actions, forms, queries, rules
from ..models import OwedAfterEmergency, Placement
from ..models.scope import own_schemes
from .common import BOTH, for_own_scheme, may

COLUMNS = [
    Column(
        "person", "Person", "person__sort_name", "person.known_as", link=lambda row: row.get_absolute_url()
    ),
    Column("reference", "Reference", "reference"),
    Column("kind", "Kind", "kind"),
    Column("carer", "Carer", ("carer__family_name", "carer__given_name"), "carer.known_as"),
    Column("scheme", "Scheme", "scheme__name"),
    Column("team", "Funding team", "funding_team__name", "funding_team"),
    Column("starts_on", "Began", "starts_on"),
    Column("ended_on", "Ended", "ended_on"),
    Column("state", "State", "state", tag=True),
]


@require(Permission.PLACEMENT_VIEW)
@require_GET
def placements(request):
    filters = forms.PlacementsFilter(request.GET)
    rows = filters.narrow(Placement.objects.visible_to(request.user))
    return list_page(
        request, rows.select_related("person", "carer", "scheme", "funding_team"), columns=COLUMNS,
        title="Placements", filters=filters, export_name="placements", noun=("placement", "placements"),
        person="person_id", empty="No placement is on your records yet. One begins with a referral from a person’s page.",
    )  # fmt: skip


def visible(user):
    return Placement.objects.visible_to(user).select_related(
        "person", "scheme", "funding_team__council", "carer", "household__council", "match__referral"
    )


@require(Permission.PLACEMENT_VIEW)
@require_GET
def placement(request, pk):
    """One placement: who, where, since when; what is owed; its agreements; what was answered at the gate."""
    row = row_or_404(request, visible(request.user), pk, Permission.PLACEMENT_VIEW)
    lists = {
        "agreements": row.agreements.not_in_error().select_related("newer"),
        "owed": row.owed.all(),
        "away": row.away.all(),
        "visits": row.monitoring.select_related("visit__written_by")[:10],
        "visits_owed": row.visits_owed.open(),
        "to_settle": row.to_settle.select_related("organisation"),
        "gate_answers": row.gate_answers.select_related("by", "agreed_with"),
    }
    fetch(*lists.values())
    context = lists | {
        "placement": row,
        "person": row.person,
        "stay": queries.stay_of(row) if row.has_home else None,
        "may": may(request.user, row.person),
        "own": row.scheme_id in own_schemes(request.user),
    }
    return render(request, "placements/placement.html", context)


def scheme_placement(request, pk, permission):
    """A placement that the user's own scheme may change: 404 or 403 else."""
    row = row_or_404(request, visible(request.user), pk, permission)
    for_own_scheme(request, row.scheme_id, permission)
    return row


def address(gate, row, own):
    """The page that mends a gate for a placement; none where only the scheme's `own` workers could open it."""
    if gate.page.startswith("carers:") and not own:
        return ""
    about = {
        "person": row.person_id,
        "placement": row.pk,
        "carer": row.carer_id,
        "household": row.household_id,
    }
    return reverse(gate.page, args=[about[gate.about]]) if about[gate.about] else ""


@require(Permission.PLACEMENT_VIEW)
@require_GET
def gate(request, pk):
    """What must hold before the person moves in, how each stands, and the page that mends it."""
    row = row_or_404(request, visible(request.user), pk, Permission.PLACEMENT_VIEW)
    found = queries.standings(queries.move_of(row, max(row.starts_on, timezone.localdate())))
    own = row.scheme_id in own_schemes(request.user)
    context = {
        "placement": row,
        "person": row.person,
        "standings": [(standing, address(standing.gate, row, own)) for standing in found],
        "shut": [standing for standing in found if not standing.passed],
        "may": may(request.user, row.person),
        "own": own,
    }
    return render(request, "placements/gate.html", context)


@require(Permission.PLACEMENT_START)
@require_http_methods(BOTH)
def start(request, pk):
    row = scheme_placement(request, pk, Permission.PLACEMENT_START)
    found = queries.standings(queries.move_of(row, timezone.localdate()))
    managers = queries.team_managers(row.funding_team)
    form = forms.StartForm(
        request.POST or None, user=request.user, row=row, gaps=rules.gaps(found), managers=managers
    )

    def action(**facts):
        return actions.start(placement=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/start.html", done="The start is recorded.",
        person=row.person, placement=row, standings=[(s, address(s.gate, row, True)) for s in found if not s.passed],
    )  # fmt: skip


@require(Permission.PLACEMENT_START)
@require_http_methods(BOTH)
def start_emergency(request, person):
    """Taking somebody in today: only homes that may are offered, those the person knows first."""
    person = person_or_404(request, person, Permission.PLACEMENT_START)
    today = timezone.localdate()
    homes = queries.emergency_homes(person, own_schemes(request.user), today)
    form = forms.EmergencyForm(request.POST or None, user=request.user, homes=homes)

    def action(**facts):
        scheme = Organisation.objects.get(pk=form.home().scheme_id)
        return actions.start_emergency(person=person, scheme=scheme, by=request.user, **facts)

    return form_page(
        request, form=form, action=action, template="placements/start_emergency.html",
        done="The emergency start is recorded. The rest is owed within three days.", person=person, homes=homes,
    )  # fmt: skip


@require(Permission.PLACEMENT_WRITE)
@require_http_methods(BOTH)
def record_existing(request, person):
    """Somebody lives there already, or is there tonight: recorded as it is, never refused."""
    person = person_or_404(request, person, Permission.PLACEMENT_WRITE)
    today = timezone.localdate()
    mine = own_schemes(request.user)
    form = forms.ExistingForm(request.POST or None, user=request.user, carers=queries.carers_of(mine, today))

    def action(**facts):
        scheme = queries.scheme_of(facts["carer"], mine, today)
        return actions.record_existing(person=person, scheme=scheme, by=request.user, **facts)

    return form_page(
        request, form=form, action=action, template="placements/record_existing.html",
        done="Recorded as it is. What is missing is owed within three days.", person=person,
    )  # fmt: skip


@require(Permission.PLACEMENT_END)
@require_http_methods(BOTH)
def end(request, pk):
    row = row_or_404(request, visible(request.user), pk, Permission.PLACEMENT_END)
    form = forms.EndForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.end(placement=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/end.html", done="The placement has ended.",
        person=row.person, placement=row,
    )  # fmt: skip


@require(Permission.PLACEMENT_WRITE)
@require_http_methods(BOTH)
def settle(request, pk):
    """What is still owed after a start: check again, and close what is there now."""
    row = scheme_placement(request, pk, Permission.PLACEMENT_WRITE)
    form = forms.SettleForm(request.POST or None, user=request.user, row=row)
    action = partial(actions.settle, placement=row, by=request.user)
    mends = {gate.code: address(gate, row, True) for gate in rules.GATES}
    owed = [(one, mends[one.what]) for one in row.owed.open()]
    return form_page(
        request, form=form, action=action, template="placements/settle.html", done="Checked again.",
        person=row.person, placement=row, owed=owed,
    )  # fmt: skip


@require(Permission.PLACEMENT_WRITE)
@require_http_methods(BOTH)
def put_right(request, pk):
    row = scheme_placement(request, pk, Permission.PLACEMENT_WRITE)
    form = forms.PutRightForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.put_right(placement=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/put_right.html", done="Put right.",
        person=row.person, placement=row,
    )  # fmt: skip


@require(Permission.PLACEMENT_VIEW)
@require_GET
def owed(request, pk):
    """Where a reminder about something owed leads: to the page that closes it, or to the placement for readers."""
    rows = OwedAfterEmergency.objects.visible_to(request.user).select_related("placement__person")
    row = row_or_404(request, rows, pk, Permission.PLACEMENT_VIEW)
    if row.done_on is None and row.organisation_id in own_schemes(request.user):
        return redirect("placements:settle", row.placement_id)
    return redirect(row.placement)
