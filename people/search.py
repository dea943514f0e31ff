"""Finding a person in spite of a typo in each word, swapped names, a nickname, or day and month swapped.

PostgreSQL fetches candidates by the words of their names among the persons whom the user may see; `people.likeness`
ranks them. A year behind the name (*Amhad Rahmani 1987*) is the year of birth.
"""

import re
from datetime import date

from django.utils import timezone

from . import likeness
from .actions import plain
from .models import Person
from .queries import funding_team

SHOWN = 25
DATE = re.compile(r"\b(\d{1,2})[/. -](\d{1,2}|[A-Za-z]{3,9})[/. -](\d{4})\b")
YEAR = re.compile(r"\b(19|20)\d\d\b")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def read(text):
    """What was typed, taken apart: (words of names, dates of birth that it may mean, NHS number)."""
    digits = re.sub(r"\D", "", text)
    nhs_number = digits if len(digits) == 10 and not DATE.search(text) else ""
    dates, match = [], DATE.search(text)
    if match:
        dates = possible_dates(*match.groups())
        text = text.replace(match.group(0), " ")
    words = [] if nhs_number else [word for word in plain(text).split() if not word.isdigit()]
    return words[:6], dates, nhs_number


def possible_dates(day, month, year):
    """The date as typed and, where that is one too, with day and month swapped."""
    number = MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in MONTHS else None
    pairs = [(day, number or month), (month, day)] if number is None else [(day, number)]
    found = []
    for one_day, one_month in pairs:
        try:
            found.append(date(int(year), int(one_month), int(one_day)))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def find(text, *, user):
    """At most 25 persons whom the user may see, the likeliest first."""
    words, dates, nhs_number = read(text)
    seen = Person.objects.visible_to(user)
    if nhs_number:
        return list(seen.filter(nhs_number=nhs_number)[:SHOWN])
    reference = text.strip().upper()
    if reference.startswith("P-"):
        return list(seen.filter(reference=reference)[:SHOWN])
    if not words:
        return list(seen.filter(date_of_birth__in=dates).order_by("sort_name")[:SHOWN]) if dates else []
    born = dates[0] if dates else None
    alike = likeness.ranked(
        seen, name=" ".join(words), date_of_birth=born, year=year_of_birth(text), limit=SHOWN
    )
    return [person for person, _alike in alike]


def year_of_birth(text):
    """The year that stands alone in what was typed, or None."""
    found = YEAR.search(DATE.sub(" ", text))
    return int(found.group()) if found else None


def elsewhere(text):
    """Persons outside one's own people, by exact NHS number or full name with birth date; nothing else.

    An invisible record has no door, so nobody is told that it is there.
    """
    words, dates, nhs_number = read(text)
    known = Person.objects.not_invisible()
    if nhs_number:
        return list(known.filter(nhs_number=nhs_number)[:3])
    if len(words) >= 2 and dates:
        wanted = set(words)
        born = known.filter(date_of_birth=dates[0])[:50]
        return [person for person in born if wanted <= set(person.search_name.split())][:3]
    return []


def with_team(people):
    """[(person, the team that holds the record)]: all that a search outside shows."""
    today = timezone.localdate()
    return [(person, funding_team(person, today)) for person in people]
