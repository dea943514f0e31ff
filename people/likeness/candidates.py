"""Finding whom to compare with: by index, in PostgreSQL."""

from collections import Counter
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Case, Q, When

from people.models.person import NAME_WORDS
from people.nicknames import forms_of, stands_for

from .facts import digits, facts, facts_of, words
from .levels import nearly
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


SPELT_LIKE = """
SELECT DISTINCT said.word, known.word
FROM unnest(%s::text[]) AS said(word)
JOIN people_nameword AS known ON known.word LIKE said.word || '%%' OR (
    length(known.word) BETWEEN length(said.word) - 2 AND length(said.word) + 2
    AND levenshtein_less_equal(known.word, said.word, 2) <= 2
)
"""
LONGEST = 60  # letters of a word that is compared; PostgreSQL measures words of up to 255 bytes
YEAR_WEIGHTS = {0: 9, 1: 4}  # how many years off; more than that speaks against


def known_forms(said):
    """{typed word: the words of records that may be meant by it}: begun so, one typo off, or forms of one name.

    Asks the list of all words that stand in names, some thousands, instead of every person. One query.
    """
    said = [word for word in dict.fromkeys(said) if len(word) <= LONGEST]
    with connection.cursor() as cursor:
        cursor.execute(SPELT_LIKE, [[word for word in said if word.isalnum()]])
        alike = cursor.fetchall()
    found = {word: {word} | forms_of(word) for word in said}
    for word, known in alike:
        if known.startswith(word) or nearly(word, known):
            found[word].add(known)
    return found


def has_word(words):
    """Condition: one of the words of a record's names is among these. By index `people_person_words`."""
    return Q(name_words__overlap=sorted(words))


def candidates(queryset, *, name="", date_of_birth=None, nhs_number="", postcode="", year=None):
    """The persons of a queryset who may be meant, as a queryset, most alike names first. Two queries.

    Each word of the name must be found, in any order, in spite of one typo, as a nickname; or the NHS number is
    equal; or the birth date is (one slip allowed) and one word of the name fits. Those born in `year` come first.
    """
    said = words(name)
    forms = known_forms(said) if said else {}
    each, some = Q(), Q()
    for word in said:
        each &= has_word(forms.get(word, {word}))
        some |= has_word(forms.get(word, {word}))
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
    first = [Case(When(date_of_birth__year=year, then=0), default=1)] if year else []
    return (
        queryset.alias(name_words=NAME_WORDS)
        .filter(found)
        .annotate(near=TrigramSimilarity("search_name", " ".join(said)))
        .order_by(*first, "-near", "sort_name", "pk")
    )


def ranked(queryset, *, limit=20, look_at=200, year=None, **typed):
    """[(person, Likeness)] of the persons who may be meant, the likeliest first. Two queries.

    Among those whose names are equally like what was typed, the name that more of them bear stands first.
    """
    wanted = facts(**typed)
    found = [
        (person, compare(wanted, facts_of(person)))
        for person in candidates(queryset, year=year, **typed)[:look_at]
    ]
    bearers = Counter(person.sort_name for person, _alike in found)

    def order(pair):
        person, alike = pair
        weight = alike.weight + year_weight(person, year)
        return -weight, -bearers[person.sort_name], -person.near, person.sort_name

    found.sort(key=order)
    return found[:limit]


def year_weight(person, year):
    """What a typed year of birth says for, or against, a person."""
    return YEAR_WEIGHTS.get(abs(person.date_of_birth.year - year), -4) if year else 0


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
