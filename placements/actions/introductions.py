"""Introductions: visits that took place, what each side made of them, and going on with fewer than usual."""

from django.db import transaction
from django.utils import timezone

from carers import actions as carers
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .. import codes, queries, rules
from ..models import Introduction, Match

VIEWS = ("person_view", "showed_by", "carer_view")


@transaction.atomic
def record_introduction(*, match, kind, on, where, by, **views):
    """A visit took place. `views` holds person_view, showed_by and carer_view, as far as they are known.

    Raises RuleBroken for a day to come, for a visit recorded twice, for a view without how it was shown, and where
    the person has never agreed to meet. A visit of a match that has ended meanwhile may still be recorded.
    """
    carers.check_not_close(match.carer, by)
    match = lock(Match, match.pk)
    if on > timezone.localdate():
        raise rules.NOT_YET.broken("on", on=on)
    if not agreed_to_meet(match):
        raise rules.AGREED_TO_MEET.broken()
    row = Introduction(match=match, kind=kind, on=on, where=where.strip(), recorded_by=by)
    return keep(row, views, by, "introduction recorded")


@transaction.atomic
def amend_introduction(*, introduction, by, version=None, kind=None, on=None, where=None, **views):
    """Add what somebody made of a visit, or put right what was written about it."""
    carers.check_not_close(introduction.match.carer, by)
    row = lock(Introduction, introduction.pk, version)
    row.kind, row.on, row.where = kind or row.kind, on or row.on, (where or row.where).strip()
    if row.on > timezone.localdate():
        raise rules.NOT_YET.broken("on", on=row.on)
    return keep(row, views, by, "introduction put right")


def keep(row, views, by, why):
    for name in VIEWS:
        if name in views:
            setattr(row, name, views[name].strip())
    with refusals(placements_visit_recorded_once="on", placements_view_with_how_it_was_shown="showed_by"):
        return record(row, by=by, why=why)


def agreed_to_meet(match):
    """Whether the person has said yes to this carer, now or before."""
    return queries.may_be_named(match) or match.history.filter(person_answer=codes.Says.YES).exists()


def count_introductions(match, on, because, words):
    """Keep with a match how many introductions were held when it was agreed, and why they were fewer than usual."""
    match.introductions_held, match.introductions_usual = queries.introductions(match, on)
    fewer = match.introductions_held < match.introductions_usual
    match.fewer_because, match.fewer_words = (because, words.strip()) if fewer else ("", "")
    if fewer and (not because or because == codes.Fewer.OTHER and not match.fewer_words):
        field = "fewer_words" if because else "fewer_because"
        held, usual = match.introductions_held, match.introductions_usual
        raise rules.FEWER_INTRODUCTIONS.broken(field, held=held, usual=usual)
