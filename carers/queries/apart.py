"""Who may not live together, held against who is in a home: nobody is named here."""

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q
from django.db.models.functions import Coalesce

from people.models import Person

from ..codes import EVERY_DAY
from ..models import KeptApart, Stay
from ..rules import human


def records_of(person):
    """Every record of one human being."""
    rows = Person.objects.filter(identity=person.identity_id) if person.identity_id else None
    return [person.pk] if rows is None else list(rows.values_list("pk", flat=True))


def others_apart_from(person):
    """The decisions that keep a person apart from somebody, who is the outer query's `person`."""
    records = records_of(person)
    both = Q(person__in=records, other=OuterRef("person")) | Q(person=OuterRef("person"), other__in=records)
    alone = Q(other=None) & (Q(person__in=records) | Q(person=OuterRef("person")))
    return KeptApart.objects.holding().filter(both | alone)


def stays_apart_from(person, household, period, weekdays=EVERY_DAY):
    """Stays of others in a home, on days of a period, of people with whom this person may not live.

    `household` is a home or an outer reference. Records of one human being are one person.
    """
    rows = Stay.objects.counted().filter(household=household, person__date_of_death=None).overlapping(period)
    if weekdays != EVERY_DAY:
        rows = rows.annotate(shared=F("weekdays").bitand(weekdays)).filter(shared__gt=0)
    rows = rows.alias(who=Coalesce("person__identity", "person")).exclude(who=human(person))
    return rows.filter(Exists(others_apart_from(person)))


def under_one_roof(as_of):
    """Decisions that hold and are not kept to: both are in one home on the same days, on a day or after it."""
    theirs = (
        Stay.objects.counted().filter(person=OuterRef("person")).overlapping(DateRange(as_of, None, "[)"))
    )
    beside = Stay.objects.counted().filter(
        household=OuterRef("household"), period__overlap=OuterRef("period"), person__date_of_death=None
    )
    beside = beside.overlapping(DateRange(as_of, None, "[)")).exclude(person=OuterRef("person"))
    weekdays = ExpressionWrapper(OuterRef("weekdays"), output_field=IntegerField())
    beside = beside.annotate(shared=F("weekdays").bitand(weekdays)).filter(shared__gt=0)
    with_the_other = theirs.filter(Exists(beside.filter(person=OuterRef(OuterRef("other")))))
    with_anybody = theirs.filter(Exists(beside))
    rows = KeptApart.objects.holding()
    return rows.filter(Exists(with_the_other) | Q(other=None) & Q(Exists(with_anybody)))
