"""People and organisations for tests: valid, dull, made through the actions where there is one."""

import itertools
from datetime import date

from django.utils import timezone

from people import actions
from people.models import Involvement, Membership, Organisation, User

counter = itertools.count(1)
PASSWORD = "shared-lives-demo"


def organisation(kind, name=None, parent=None, **facts):
    row = Organisation(kind=kind, name=name or f"Organisation {next(counter)}", parent=parent, **facts)
    row.path = f"{parent.path if parent else '/'}{row.pk}/"
    row.council = row if kind == "council" else (parent.council if parent else None)
    row.save()
    return row


def user(name, organisation, role, email=None, since=date(2020, 1, 1)):
    """A user with one membership and the demo password."""
    address = email or f"{name.lower().replace(' ', '.')}.{next(counter)}@example.org"
    row = User(name=name, email=address)
    row.set_password(PASSWORD)
    row.save()
    Membership.objects.create(user=row, organisation=organisation, role=role, since=since)
    return row


def person(team, worker=None, **facts):
    n = next(counter)
    facts = {
        "given_name": f"Given{n}",
        "family_name": f"Family{n}",
        "date_of_birth": date(1980, 1, 1),
    } | facts
    return actions.register(team=team, by=worker, worker=worker, since=date(2024, 1, 1), **facts)


def attorney(person, by, name="Nasreen Rahman", kind="attorney", **facts):
    """A contact with authority on our records: a lasting power for health and welfare, unless said otherwise."""
    contact = actions.add_contact(person=person, kind="family", name=name, relation="mother", by=by)
    given = {
        "about": "Care and where to live",
        "field": "welfare",
        "since": date(2025, 1, 1),
        "risk_note": "None known",
    }
    actions.record_legal_fact(person=person, kind=kind, holder=contact, by=by, **(given | facts))
    return contact


def supports(person, scheme, worker=None, since=None):
    return actions.involve(
        person=person,
        organisation=scheme,
        role=Involvement.Role.SUPPORTS,
        worker=worker,
        since=since or date(2024, 1, 1),
        by=worker,
    )


def today():
    return timezone.localdate()
