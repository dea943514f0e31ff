"""This floor's part of a person's page."""

from sharedlives.panels import Glance, Panel
from sharedlives.permissions import Permission

from .models import KeptApart
from .pages import line_of


def ask_apart(user, person):
    rows = KeptApart.objects.visible_to(user).holding().about([person.pk])
    whole = KeptApart.objects.seen_whole_by(user).holding().about([person.pk])
    return {"apart": rows.select_related("person", "other")[:10], "whole": whole.only("pk")[:10]}


def apart(user, person, apart, whole):
    """With whom the person may not live, as far as the user may read it; no panel where nothing is decided."""
    readable = {row.pk for row in whole}
    return {"lines": [line_of(row, {person.pk}, row.pk in readable) for row in apart]} if apart else None


def apart_at_a_glance(facts):
    return [Glance("Living together", facts["lines"][0]["words"], "late", alert=True)]


APART = Panel(
    name="carers.apart",
    title="Who may not live together",
    template="carers/_apart_panel.html",
    order=33,
    permission=Permission.PERSON_VIEW,
    asks=ask_apart,
    rows=apart,
    glance=apart_at_a_glance,
)
