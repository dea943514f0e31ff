"""What a manager looks at: each measure is one named queryset, which the number counts and the list shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, CharField, Count, Q, Value, When

from .models import RecordOwed, Review, ReviewAction, ReviewDue

YEAR = timedelta(days=365)
# code → (words, from so many days ago on, to so many days ago); None: without end
AGES = {
    "to-come": ("Not due yet", None, -1),
    "4-weeks": ("Up to 4 weeks", 0, 28),
    "12-weeks": ("5 to 12 weeks", 29, 84),
    "half-year": ("13 to 26 weeks", 85, 182),
    "longer": ("Longer ago", 183, None),
}


@dataclass(frozen=True)
class Measure:
    """One number with its list. `rows(user, today)` is the set of both; its age counts from the date `since`."""

    key: str
    label: str
    says: str
    since: str
    rows: Callable

    def aged(self, user, today, age="", team=None):
        """The rows of one age, of one team; of all where none is given."""
        rows = self.rows(user, today)
        rows = rows.filter(of_age(self.since, age, today)) if age else rows
        return rows.filter(organisation=team) if team else rows


def of_age(since, age, today):
    """Condition: the date `since` lies as many days back as the age says."""
    _words, least, most = AGES[age]
    found = Q()
    if least is not None:
        found &= Q(**{f"{since}__lte": today - timedelta(days=least)})
    if most is not None:
        found &= Q(**{f"{since}__gte": today - timedelta(days=most)})
    return found


def of_the_year(user, today):
    return Review.objects.visible_to(user).held().filter(held_on__gt=today - YEAR)


MEASURES = (
    Measure(
        "overdue", "Overdue reviews", "Still open after their date.", "due_on",
        lambda user, today: ReviewDue.objects.visible_to(user).overdue(today),
    ),
    Measure(
        "missed", "Missed reviews", "Still open twelve months after their date, and closed as missed.", "closed_on",
        lambda user, today: ReviewDue.objects.visible_to(user).missed(today - YEAR),
    ),
    Measure(
        "no-care-manager", "Care manager absent", "Held by somebody else, and no care manager came.", "held_on",
        lambda user, today: of_the_year(user, today).without_care_manager(),
    ),
    Measure(
        "reviewing-officer", "Held by a reviewing officer", "Not by the care manager who knows the person.", "held_on",
        lambda user, today: of_the_year(user, today).by_reviewing_officers(),
    ),
    Measure(
        "not-seen", "Person not seen", "Not face to face within four weeks of the meeting.", "held_on",
        lambda user, today: of_the_year(user, today).not_seen(),
    ),
    Measure(
        "not-there", "Person not at the meeting", "Invited or not, the person was not there.", "held_on",
        lambda user, today: of_the_year(user, today).person_not_there(),
    ),
    Measure(
        "records-late", "Records late", "Held, and the record has not reached everybody by its day.", "due_on",
        lambda user, today: RecordOwed.objects.visible_to(user).late(today),
    ),
    Measure(
        "very-like", "Very like last time", "Nearly every word stood in the record before.", "held_on",
        lambda user, today: of_the_year(user, today).very_like(),
    ),
    Measure(
        "actions-open", "Actions open", "Agreed at a review, neither done nor given up.", "due_on",
        lambda user, today: ReviewAction.objects.visible_to(user).open(),
    ),
)  # fmt: skip
BY_KEY = {measure.key: measure for measure in MEASURES}


def counted(user, today):
    """[(measure, team's id, team's name, age, how many)] of everything that is not nothing. One statement."""
    parts = [counts_of(measure, user, today) for measure in MEASURES]
    return list(parts[0].union(*parts[1:], all=True))


def counts_of(measure, user, today):
    ages = [When(of_age(measure.since, age, today), then=Value(age)) for age in AGES]
    return (
        measure.rows(user, today)
        .order_by()
        .annotate(o_key=Value(measure.key), o_age=Case(*ages, default=Value(""), output_field=CharField()))
        .values_list("o_key", "organisation", "organisation__name", "o_age")
        .annotate(Count("pk"))
    )
