"""The part of the world about becoming a carer, and what is asked of carers from then on."""

from carers import actions as carers
from carers.codes import Need
from carers.models import ApprovalCondition, RequirementKind, Training
from carers.rules import FROM_RECORDS
from placements.models import ToSettle

from .. import factories as cast
from ..placements import factories as places
from .canaries import canary


def becoming_carers(w):
    asked(w)
    applying(w)
    stopping(w)
    w.training = Training.objects.filter(carer=w.carer).first()


def asked(w):
    """A check of Anna's carer; number and notes are the scheme's."""
    facts = {
        "number": canary("CARERWORD"),
        "words": canary("CARERWORD"),
        "level": "barred",
        "done_on": w.today,
    }
    kind = RequirementKind.objects.get(slug="dbs")
    w.requirement = carers.record_requirement(kind=kind, carer=w.carer, by=w.priya, **facts)


def applying(w):
    """Somebody applies as a support carer: one whom the panel has decided about, and one at the beginning."""
    who = {
        "given_name": canary("CARERWORD"),
        "family_name": canary("CARERWORD"),
        "phone": canary("CARERWORD"),
    }
    w.application, at_panel = (enquired(w, n, who) for n in (1, 2))
    w.applicants_son = w.application.household.members.get()
    w.panel = carers.hold_panel(scheme=w.scheme, on=w.today, members=canary("CARERWORD"), by=w.owen)
    for need in set(Need) - FROM_RECORDS:
        carers.note_need(application=at_panel, need=need, done_on=w.today, by=w.priya)
    for kind in RequirementKind.objects.filter(before_panel=True):
        facts = {
            "kind": kind,
            "done_on": w.today,
            "number": canary("CARERWORD"),
            "level": "barred",
            "by": w.priya,
        }
        carer, son = at_panel.applicants.get().carer, at_panel.household.members.get()
        homes = [{"household": at_panel.household}]
        asked_of = {"home": homes, "carer": [{"carer": carer}], "adult": [{"carer": carer}, {"member": son}]}
        for subject in asked_of[kind.about]:
            carers.record_requirement(**facts, **subject)
    carers.say_consulted(member=at_panel.household.members.get(), on=w.today, by=w.priya)
    for _stage in ("application", "checks", "panel"):
        at_panel = carers.go_on(application=at_panel, on=w.today, by=w.priya)
    conditions = [{"words": canary("CARERWORD"), "owner": w.priya, "due_on": w.today}]
    said = {"papers": canary("CARERWORD"), "reasons": canary("CARERWORD"), "policy": "Approvals, 3"}
    said |= {"outcome": "conditions", "conditions": conditions, "kinds": ["live_in"], "since": w.today}
    carers.decide(application=at_panel, meeting=w.panel, by=w.owen, **said)
    w.condition = ApprovalCondition.objects.get()
    w.decision = w.condition.decision
    carers.write_letter(decision=w.decision, by=w.owen)


def enquired(w, n, who):
    home = {"label": canary("CARERWORD"), "address": f"{n} {canary('ADDRESS')}", "postcode": "NS9 9ZZ"}
    row = carers.enquire(
        scheme=w.scheme,
        council=w.council,
        home=home,
        applicants=[who],
        enquired_on=w.today,
        fast=True,
        by=w.priya,
    )
    carers.add_member(household=row.household, given_name=canary("FAMILY"), relation="lodger", by=w.priya)
    return row


def stopping(w):
    """A carer who visits somebody at home will stop; another one is suspended."""
    leaving, suspended = (places.carer(w.home, w.priya, kinds=["floating"]) for _one in range(2))
    guest = cast.person(w.team, worker=w.amina, given_name="Fred", family_name="Guest")
    places.existing(guest, w.scheme, leaving, w.owen, kind="floating")
    carers.end_carer(carer=leaving, on=places.days(90), because="other", words=canary("CARERWORD"), by=w.owen)
    w.to_settle = ToSettle.objects.get(person=guest)
    carers.suspend(carer=suspended, on=w.today, because="other", words=canary("CARERWORD"), by=w.owen)
    w.suspension = suspended.suspensions.get()
