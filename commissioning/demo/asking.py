"""Copies of everything: one request of a person in each state, one of a carer, as those who sign in find them."""

from datetime import timedelta

from carers.actions import ask_for_carer_copy
from carers.models import Carer
from people.actions import ask_for_copy, close_access_request, decide_entry, decide_names, release_copy
from people.actions.subject_access import one_step
from people.models import Organisation, Person, User
from people.visibility import Level
from sharedlives.devstack.signins import DOMAIN
from sharedlives.permissions import Permission

CHECKS = {
    "harm_words": "Read with the care manager. Nothing in it would harm anybody.",
    "safeguarding_words": "No enquiry is open; asked the safeguarding lead.",
}
STATES = ("gathering", "review", "making", "released", "closed")  # how far each request of a person is


def ask_for_copies(today):
    """Requests that reached the team of `team.manager@`, one in each state. Nothing where that manager is missing."""
    manager = User.objects.filter(email=f"team.manager@{DOMAIN}").first()
    if manager is None:
        return
    persons = Person.objects.visible_to(manager, least=Level.FUNDS, permission=Permission.SUBJECT_ACCESS)
    living = persons.living().order_by("reference")[: len(STATES)]
    for number, (person, state) in enumerate(zip(living, STATES, strict=False)):
        request = ask_for_copy(
            person=person, identity="Known to the team for years",
            received_on=today - timedelta(days=3 + 6 * number), by=manager,
        )  # fmt: skip
        bring_to(request, state, manager)


def bring_to(request, state, manager):
    if state == "gathering":
        return
    while one_step(request.pk):
        pass
    if state == "closed":
        close_access_request(request=request, why="Taken back: one letter was enough", by=manager)
    elif state != "review":
        for entry in request.entries.filter(decision="open"):
            decide_entry(
                entry=entry, decision="keep", why="To be looked at with the safeguarding lead", by=manager
            )
        decide_names(request=request, decisions={str(n.pk): "out" for n in request.names.all()}, by=manager)
        release_copy(request=request, by=manager, **CHECKS)
        while state == "released" and one_step(request.pk):
            pass


def ask_for_a_carers_copy(today):
    """A carer of the scheme of `scheme.manager@` asked what is kept about them; the copy waits to be read through."""
    manager = User.objects.filter(email=f"scheme.manager@{DOMAIN}").first()
    scheme = manager and Organisation.objects.filter(kind="scheme", memberships__user=manager).first()
    if scheme is None:
        return
    carers = (
        Carer.objects.visible_to(manager, Permission.CARER_COPY).active(today).filter(organisation=scheme)
    )
    carer = carers.order_by("reference").first()
    if carer is not None:
        asked = {"identity": "Known to the scheme", "received_on": today - timedelta(days=10)}
        ask_for_carer_copy(carer=carer, scheme=scheme, by=manager, **asked)
