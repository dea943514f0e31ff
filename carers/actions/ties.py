"""Who is close to a carer: declared by the one concerned or by the scheme, ended by a scheme manager."""

from django.db import transaction
from django.utils import timezone

from carers import rules
from carers.models import CarerTie
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals


@transaction.atomic
def declare_tie(*, carer, kind, by, person=None, user=None, words=""):
    """A carer and a person, or a carer and a user, are close from today. Raises RuleBroken when that is declared."""
    tie = CarerTie(carer=carer, person=person, user=user, kind=kind, words=words.strip(), declared_by=by)
    with refusals(carers_one_open_tie_to_a_person="reference", carers_one_open_tie_to_a_user="user"):
        return record(tie, by=by, why="conflict of interest declared")


@transaction.atomic
def end_tie(*, tie, because, by, version=None):
    """It no longer holds, and why. Nobody ends their own. Raises RuleBroken."""
    tie = lock(CarerTie, tie.pk, version)
    if tie.user_id == by.pk:
        raise rules.OWN_TIE.broken()
    tie.until = timezone.localdate()
    return record(tie, by=by, why=because)


def is_close(carer, user):
    """Whether a user and a carer are close today, by declaration. No user is close to nobody."""
    ties = CarerTie.objects.current(timezone.localdate())
    return bool(user) and ties.filter(carer=carer, user=user).exists()


def check_not_close(carer, by):
    """Refuse a decision about a carer by somebody who is close to them. Raises RuleBroken."""
    if is_close(carer, by):
        raise rules.NOT_OF_KIN.broken()
