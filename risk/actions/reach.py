"""Sending a row past those whom it is about: who may know of it, who answers for it, and who is named."""

from people.queries import funding_involvement, managers_of
from sharedlives.records.actions import record, strike
from sharedlives.rules import refusals

from .. import queries, rules
from ..models import ConcernAbout

Kind = ConcernAbout.Kind


def subjects(person, kinds, on):
    """[(kind, {user or organisation})] of those whom a row is about, as far as the records know them."""
    found = []
    for kind in dict.fromkeys(kinds):
        who = subjects_of_kind(person, kind, on) if person else []
        found += [(kind, one) for one in who or [{}]]
    return found


def subjects_of_kind(person, kind, on):
    if kind == Kind.SCHEME:
        return [{"organisation": scheme} for scheme in queries.schemes_involved(person)]
    if kind == Kind.CARER:
        return [{"carer": carer} for carer in queries.carers_of(person, on)]
    funding = funding_involvement(person, on)
    if kind == Kind.CARE_MANAGER and funding and funding.worker:
        return [{"user": funding.worker}]
    if kind == Kind.TEAM_MANAGER and funding:
        return [{"user": manager} for manager in managers_of(funding.organisation, on)]
    return []


def reach_of(about):
    """Who may know of a row, from `subjects(...)`."""
    return rules.reach([kind for kind, _who in about])


def managers_for(council, answering, about, on):
    """The organisation whose managers answer instead: none of those whom it is about, nor under them."""
    users = [who["user"] for _kind, who in about if "user" in who]
    elsewhere = Kind.COUNCIL in [kind for kind, _who in about]
    return queries.other_managers(council, answering, users, elsewhere, on)


def write_about(row, about, by, model, key):
    """Say anew whom a row is about: `model` rows that name it by `key`."""
    for old in row.about.all():
        strike(old, by=by, why="whom it is about, put right")
    with refusals():
        for kind, who in about:
            record(model(**{key: row}, kind=kind, **who), by=by, why="whom it is about")
