"""Finding whom to compare with: by index, in PostgreSQL."""

import re
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q

from people.nicknames import forms_of, stands_for

from .facts import digits, facts, facts_of, words
from .verdicts import compare


def births_like(born):
    """The birth dates that one slip of the pen makes of a date: itself, day and month swapped, a year off."""
    if born is None:
        return []
    found = {born}
    for year, month, day in (
        (born.year, born.day, born.month),
        *((born.year + n, born.month, born.day) for n in (-1, 1)),
    ):
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    return sorted(found)


def one_typo_pattern(word):
    """A PostgreSQL pattern of a whole word with at most one typo. The trigram index serves it from six letters on."""
    forms = {word[:i] + "." + word[i + 1 :] for i in range(len(word))}  # one wrong
    forms |= {word[:i] + "." + word[i:] for i in range(1, len(word) + 1)}  # one missing from what was typed
    forms |= {word[:i] + word[i + 1 :] for i in range(len(word))}  # one too many
    forms |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}  # two swapped
    return rf"\m({'|'.join(sorted(forms))})\M"


def word_like(word):
    """Condition: some word of the record's names is this one, a form of it, or one typo off."""
    found = Q(search_name__trigram_word_similar=word) | Q(search_name__contains=word)
    forms = sorted(form for form in forms_of(word) if re.fullmatch(r"[a-z]+", form))
    if len(forms) > 1:
        found |= Q(search_name__regex=rf"\m({'|'.join(forms)})\M")
    if 3 <= len(word) <= 14 and word.isalnum():
        found |= Q(search_name__regex=one_typo_pattern(word))
    return found


def candidates(queryset, *, name="", date_of_birth=None, nhs_number="", postcode=""):
    """The persons of a queryset who may be meant, as a queryset, most alike names first. One query.

    Each word of the name must be found, in any order, in spite of one typo, as a nickname; or the NHS number is
    equal; or the birth date is (one slip allowed) and one word of the name fits.
    """
    said = words(name)
    each, some = Q(), Q()
    for word in said:
        each &= word_like(word)
        some |= word_like(word)
    number, births = digits(nhs_number), births_like(date_of_birth)
    found = Q(pk=None)
    if said:
        found |= each
    if len(number) == 10:
        found |= Q(nhs_number=number)
    if births:
        found |= Q(date_of_birth__in=births) & some
    if postcode and said:
        found |= Q(postcode__iexact=" ".join(postcode.upper().split())) & some
    return (
        queryset.filter(found)
        .annotate(near=TrigramSimilarity("search_name", " ".join(said)))
        .order_by("-near", "sort_name", "pk")
    )


def ranked(queryset, *, limit=20, look_at=200, **typed):
    """[(person, Likeness)] of the persons who may be meant, the likeliest first. One query."""
    wanted = facts(**typed)
    found = [
        (person, compare(wanted, facts_of(person))) for person in candidates(queryset, **typed)[:look_at]
    ]
    found.sort(key=lambda pair: (-pair[1].weight, -pair[0].near, pair[0].sort_name))
    return found[:limit]


OF_A_BATCH = """
SELECT said.n, found.id
FROM unnest(%(n)s::int[], %(name)s::text[], %(nhs)s::text[]) AS said(n, name, nhs)
CROSS JOIN LATERAL (
    SELECT id FROM people_person WHERE said.nhs <> '' AND nhs_number = said.nhs
    UNION
    (SELECT id FROM people_person WHERE said.name <> '' AND search_name %% said.name
     ORDER BY similarity(search_name, said.name) DESC, id LIMIT 20)
) AS found
UNION
SELECT said.n, person.id
FROM unnest(%(born_n)s::int[], %(born_name)s::text[], %(born)s::date[]) AS said(n, name, born)
JOIN people_person AS person ON person.date_of_birth = said.born
WHERE similarity(person.search_name, said.name) >= 0.12 OR said.name = ''
"""


def candidates_of(queryset, batch):
    """For each `Facts` of a batch the persons who may be meant: a list of lists. Two queries for the whole batch.

    `queryset` says who may be looked at. Indexes do the finding: NHS number, trigrams of the names, birth date.
    """
    batch = list(batch)
    if not batch:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OF_A_BATCH, asked(batch))
        pairs = cursor.fetchall()
    persons = queryset.in_bulk({pk for _n, pk in pairs})
    found = [[] for _facts in batch]
    for n, pk in sorted(pairs):
        if pk in persons:
            found[n].append(persons[pk])
    return found


def asked(batch):
    """The parameters of the batch query: each name also with the whole name for a short one, each birth with its slips."""
    rows, births = [], []
    for n, one in enumerate(batch):
        first, rest = one.given[:1], " ".join([*one.given[1:], *one.family])
        names = (
            {" ".join([form, rest]).strip() for form in {first[0], *stands_for(first[0])}}
            if first
            else {rest}
        )
        rows += [(n, name, one.nhs_number if len(one.nhs_number) == 10 else "") for name in sorted(names)]
        births += [(n, " ".join([*one.given, *one.family]), born) for born in births_like(one.born)]
    return {
        "n": [n for n, _name, _nhs in rows],
        "name": [name for _n, name, _nhs in rows],
        "nhs": [nhs for _n, _name, nhs in rows],
        "born_n": [n for n, _name, _born in births],
        "born_name": [name for _n, name, _born in births],
        "born": [born for _n, _name, born in births],
    }
