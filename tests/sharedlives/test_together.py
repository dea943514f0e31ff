"""Several querysets in one statement give what each gives by itself."""

from datetime import timedelta

import pytest
from django.db.models import DurationField, Exists, OuterRef, Value

from carers.models import Approval, Stay
from people.models import Involvement, Person, User
from sharedlives.together import fetch

from ..carers import factories as carers


@pytest.fixture
def home(council, scheme):
    return carers.home(council, scheme)


def facts(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_the_same_objects_in_one_statement(person, team, scheme, home, django_assert_num_queries):
    carers.stay(person, home)
    carers.approval(carers.carer(home, scheme), "live_in", "short_break")
    living = Involvement.objects.filter(person=OuterRef("pk"))

    def asked():
        return (
            Person.objects.annotate(involved=Exists(living)).order_by("pk"),
            Involvement.objects.select_related("person__responsible_council", "worker").order_by("pk")[:5],
            Stay.objects.order_by("pk"),
            Approval.objects.order_by("pk"),
            User.objects.order_by("pk"),
            Person.objects.filter(family_name="Nobody"),
            Person.objects.none(),
        )

    together = asked()
    with django_assert_num_queries(1):
        fetch(*together)
        found = [list(rows) for rows in together]
        assert [row.person.responsible_council.name for row in found[1]]
    for rows, alone in zip(found, asked(), strict=True):
        assert [facts(row) for row in rows] == [facts(row) for row in alone]
    assert [person.involved for person in found[0]] == [person.involved for person in asked()[0]]
    assert [bool(rows) for rows in found] == [True, True, True, True, True, False, False]


def test_periods_of_every_shape(person, home, scheme):
    carers.stay(person, home)
    open_ended = Stay.objects.order_by("pk")
    fetch(open_ended)
    assert list(open_ended)[0].period == Stay.objects.get().period
    limit = carers.limit(home, 2)
    rows = type(limit).objects.order_by("pk")
    fetch(rows)
    assert {row.period for row in rows} == set(type(limit).objects.values_list("period", flat=True))


def test_what_cannot_be_read_is_said(person):
    rows = Person.objects.annotate(shown=Value(timedelta(days=1), DurationField()))
    with pytest.raises(TypeError, match="DurationField cannot be fetched together"):
        fetch(rows)
