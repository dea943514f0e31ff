"""What was entered on a wrong person's record: hidden from everybody else, kept for the data officer, copies to recall."""

from django.db.models import F

from careplans.models import EnteredInError
from risk.models import RiskEnteredInError
from sharedlives.lists import Column

from .models.scope import own_councils

KINDS = {
    "plans": ("Care plans entered in error", EnteredInError, "plan"),
    "risks": ("Risk assessments entered in error", RiskEnteredInError, "assessment"),
}


def rows(user, kind):
    """The versions entered in error on records of the user's councils, newest first."""
    _title, model, version = KINDS[kind]
    mine = model.objects.filter(**{f"{version}__person__responsible_council__in": own_councils(user)})
    found = mine.select_related(f"{version}__person", f"{version}__organisation").order_by("-on", "pk")
    found = found.annotate(about=F(f"{version}__person"))
    return found.prefetch_related("plan__shares__scheme") if kind == "plans" else found


def columns(kind):
    _title, _model, version = KINDS[kind]
    shown = (
        Column(
            "reference",
            "Record",
            order_by=f"{version}__person__reference",
            value=f"{version}.person.reference",
        ),
        Column("number", "Version", order_by=f"{version}__number", value=f"{version}.number", numeric=True),
        Column(
            "team", "Written by", order_by=f"{version}__organisation__name", value=f"{version}.organisation"
        ),
        Column("on", "Entered in error", order_by="on", value="on"),
        Column("why", "Why", value="why"),
    )
    return (*shown, Column("copies", "Copies to recall", value=copies)) if kind == "plans" else shown


def copies(row):
    """Who holds a copy, since when: each is to be asked to destroy it and to say so."""
    sent = [f"{share.scheme}, given on {share.shared_on:%-d %B %Y}" for share in row.plan.shares.all()]
    return "; ".join(sent) or "None was given"
