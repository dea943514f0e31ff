"""Oversight for managers: how reviews stand by team and age. Each number opens its list."""

from collections import Counter
from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.models import Organisation
from reviews.oversight import AGES, BY_KEY, MEASURES, counted
from sharedlives.lists import Column, list_page
from sharedlives.permissions import Permission, require

from .dues import with_list_facts


def link(row):
    return row.get_absolute_url()


PERSON = Column("person", "Person", order_by="person__sort_name", value="person.known_as", link=link)
TEAM = Column("team", "Team", order_by="organisation__name", value="organisation")
DUES = (
    PERSON,
    Column("what", "Review", order_by=("is_first", "subject"), value="what"),
    Column("due", "Due", order_by="due_on", value="due_on"),
    Column("state", "How it stands", order_by="state", value="state", tag=True),
    Column("worker", "Named worker", order_by="worker_name", value="worker_name"),
    TEAM,
)
REVIEWS = (
    PERSON,
    Column("kind", "Review", order_by="kind"),
    Column("held", "Held on", order_by="held_on", value="held_on"),
    Column("reviewer", "Held by", order_by="reviewer__name"),
    Column("role", "As", order_by="reviewer_role", value="reviewer_role"),
    Column("seen", "Person seen on", order_by="seen_on", value="seen_on"),
    Column("how", "Seen how", order_by="seen_how", value="seen_how"),
    TEAM,
)
RECORDS = (
    PERSON,
    Column("held", "Held on", order_by="review__held_on", value="review.held_on"),
    Column("due", "To send by", order_by="due_on", value="due_on"),
    Column("reviewer", "Held by", order_by="review__reviewer__name", value="review.reviewer"),
    TEAM,
)
ACTIONS = (
    PERSON,
    Column("words", "What was agreed", value="words"),
    Column("due", "By", order_by="due_on", value="due_on"),
    Column("owner", "Who sees to it", order_by="owner_name", value="owner_name"),
    TEAM,
)
REVIEW_FACTS = ("person", "organisation", "reviewer")
# model → (columns, what the list needs with its rows, noun)
LISTS = {
    "reviewdue": (DUES, with_list_facts, ("review", "reviews")),
    "review": (REVIEWS, lambda rows: rows.select_related(*REVIEW_FACTS), ("review", "reviews")),
    "recordowed": (
        RECORDS,
        lambda rows: rows.select_related("person", "organisation", "review__reviewer"),
        ("record", "records"),
    ),
    "reviewaction": (
        ACTIONS,
        lambda rows: rows.select_related("person", "organisation", "review"),
        ("action", "actions"),
    ),
}


@require(Permission.TEAM_VIEW)
@require_GET
def oversight(request):
    """How reviews stand, by team and by age: one statement, and every number opens the list that it counts."""
    found = counted(request.user, timezone.localdate())
    teams = sorted({(name, str(pk)) for _key, pk, name, _age, _number in found})
    by_age, by_team, whole = Counter(), Counter(), Counter()
    for key, pk, _name, age, number in found:
        by_age[key, age] += number
        by_team[key, str(pk)] += number
        whole[key] += number
    context = {
        "ages": [words for words, _least, _most in AGES.values()],
        "by_age": [
            (measure, cell(measure, whole[measure.key]), [cell(measure, by_age[measure.key, age], age=age) for age in AGES])
            for measure in MEASURES
        ],
        "measures": MEASURES,
        "by_team": [
            (name, [cell(measure, by_team[measure.key, pk], team=pk) for measure in MEASURES]) for name, pk in teams
        ],
    }  # fmt: skip
    return render(request, "reviews/oversight.html", context)


def cell(measure, number, **narrowed):
    """(the number, the address of its list)."""
    address = reverse("reviews:measured", args=[measure.key])
    return number, f"{address}?{urlencode(narrowed)}" if narrowed else address


class NarrowForm(forms.Form):
    """The list by age and team; only teams that have a row in it can be chosen."""

    age = forms.ChoiceField(
        label="Age", choices=[("", "Any age"), *((age, facts[0]) for age, facts in AGES.items())], required=False
    )  # fmt: skip
    team = forms.ModelChoiceField(
        label="Team", queryset=Organisation.objects.none(), required=False, empty_label="All teams"
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Organisation.objects.filter(
            pk__in=rows.order_by().values("organisation")
        ).order_by("name")


@require(Permission.TEAM_VIEW)
@require_GET
def measured(request, key):
    """The rows that one number of the oversight page counts, on screen and as a spreadsheet."""
    if key not in BY_KEY:
        raise Http404
    measure, today = BY_KEY[key], timezone.localdate()
    everything = measure.rows(request.user, today)
    form = NarrowForm(request.GET, rows=everything)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = measure.aged(request.user, today, chosen.get("age", ""), chosen.get("team"))
    columns, with_facts, noun = LISTS[rows.model._meta.model_name]
    return list_page(
        request, with_facts(rows), columns=columns, title=measure.label, template="reviews/measured.html",
        filters=form, export_name=f"reviews-{key}", person="person_id", noun=noun, empty="None.",
        context={"measure": measure},
    )  # fmt: skip
