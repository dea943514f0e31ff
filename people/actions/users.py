"""Users and their memberships: who works where, as what."""

from django.db import transaction

from sharedlives.records.actions import record
from sharedlives.rules import refusals

from ..models import Membership, User


@transaction.atomic
def add_user(*, email, name, by, phone=""):
    """Somebody who may sign in. They have no password yet: they set their own through “I cannot remember my password”."""
    user = User(email=email.strip().lower(), name=name, phone=phone)
    user.set_unusable_password()
    return record(user, by=by, why="added")


@transaction.atomic
def add_membership(*, user, organisation, role, since, by):
    """From this day the user works in an organisation in a role, and sees what goes with it."""
    membership = Membership(user=user, organisation=organisation, role=role, since=since)
    with refusals():
        return record(membership, by=by, why=f"{membership.get_role_display()} from {since}")
