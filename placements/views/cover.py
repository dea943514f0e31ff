"""Tonight's cover: a carer is ill, and everybody in the home needs somewhere to be."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from carers.access import home_or_404
from people.models import Organisation
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .. import actions, forms, queries
from ..models.scope import own_schemes
from .common import BOTH
from .placements import scheme_placement

P = Permission


@require(P.PLACEMENT_START)
@require_GET
def cover(request, pk):
    """Everybody in the home tonight, whom to ring, and for each of them one button."""
    home = home_or_404(request, pk, P.PLACEMENT_START)
    tonight = queries.cover_of(home, request.user, timezone.localdate())
    request.looked_at({one.person.pk for one in tonight.there})
    lines = [
        (one, form_for(request, one.placement, one.homes) if one.homes else None) for one in tonight.there
    ]
    return render(request, "placements/cover.html", {"home": home, "tonight": tonight, "lines": lines})


def form_for(request, placement, homes, typed=None):
    """The form of one person, which can stand beside those of others."""
    form = forms.CoverForm(
        typed, user=request.user, homes=homes, prefix=f"p{placement.pk.hex[:8]}",
        initial={"carer": str(homes[0].carer.pk) if homes else None},
    )  # fmt: skip
    form.helper.form_action = reverse("placements:cover_person", args=[placement.pk])
    return form


@require(P.PLACEMENT_START)
@require_http_methods(BOTH)
def cover_person(request, pk):
    """One person goes to another carer tonight; the three-day clock starts."""
    row = scheme_placement(request, pk, P.PLACEMENT_START)
    if row.household_id is None:
        raise Http404
    homes = queries.emergency_homes(row.person, own_schemes(request.user), timezone.localdate())
    homes = [home for home in homes if home.household.pk != row.household_id]
    form = form_for(request, row, homes, request.POST or None)

    def action(**facts):
        scheme = Organisation.objects.get(pk=form.home().scheme_id)
        return actions.cover(placement=row, scheme=scheme, by=request.user, **facts)

    return form_page(
        request, form=form, action=action, template="placements/cover_person.html", person=row.person, placement=row,
        homes=homes, done="Recorded. What an emergency asks is owed within three days; the place at home is kept.",
    )  # fmt: skip
