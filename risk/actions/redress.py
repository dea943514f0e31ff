"""Complaints, stage by stage, and the duty of candour: past those whom they are about."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on

from .. import queries, rules
from ..models import Complaint, DutyOfCandour, RedressAbout
from .incidents import writes_for
from .links import answers_for
from .reach import managers_for, reach_of, subjects, write_about

STAGES = list(Complaint.Stage)


@transaction.atomic
def record_complaint(*, person, raiser, words, by, raiser_name="", wants="", received_on=None, about=()):
    """Somebody complained. The writer's own organisation answers, by the policy's days.

    `about` holds kinds of `ConcernAbout`: about the scheme the council answers, about somebody at the council a
    manager whom it is not about.
    """
    received_on = received_on or timezone.localdate()
    if received_on > timezone.localdate():
        raise rules.COMPLAINT_IN_TIME.broken("received_on")
    complaint = Complaint(
        person=person, raiser=raiser, raiser_name=raiser_name.strip(),
        words=words.strip(), wants=wants.strip(), received_on=received_on, recorded_by=by,
    )  # fmt: skip
    found = subjects(person, about, timezone.localdate())
    send_on_its_way(complaint, writes_for(person, by), found)
    start_clock(complaint, by, "complaint recorded")
    write_about(complaint, found, by, RedressAbout, "complaint")
    return complaint


def send_on_its_way(row, own, about):
    """Set who may know of a row and who answers: `own`, but for the council where it is about the scheme, and for
    managers whom it is not about where it is about somebody at the council."""
    person, today = row.person, timezone.localdate()
    council = person.responsible_council
    row.reach, row.organisation = reach_of(about), own
    if row.reach != Complaint.Reach.TEAM:
        row.organisation = answers_for(person, council, today)
    if row.reach == Complaint.Reach.MANAGERS:
        row.organisation = managers_for(council, row.organisation, about, today)


@transaction.atomic
def say_whom_redress_is_about(*, row, about, by, version=None):
    """Say whom a complaint, or what is said under the duty of candour, is about. It goes on its way anew."""
    row = lock(type(row), row.pk, version)
    found = subjects(row.person, about, timezone.localdate())
    send_on_its_way(row, row.organisation, found)
    with refusals():
        record(row, by=by, why="whom it is about")
    write_about(row, found, by, RedressAbout, "complaint" if isinstance(row, Complaint) else "candour")
    return row


def start_clock(complaint, by, why):
    """Its answer is due in the policy's days after it came."""
    council = complaint.person.responsible_council
    days = queries.policy(council, timezone.localdate()).complaint_days
    complaint.due_on = complaint.received_on + timedelta(days=days)
    complaint.next_stage_on = first_stage_on("risk.complaint", council=council, due_on=complaint.due_on)
    with refusals():
        return record(complaint, by=by, why=why)


@transaction.atomic
def acknowledge_complaint(*, complaint, acknowledged_on, by, version=None):
    """Whoever complained was told that it came, and by when they hear."""
    complaint = lock(Complaint, complaint.pk, version)
    if not complaint.received_on <= acknowledged_on <= timezone.localdate():
        raise rules.COMPLAINT_IN_TIME.broken("acknowledged_on")
    complaint.acknowledged_on = acknowledged_on
    return record(complaint, by=by, why="acknowledged")


@transaction.atomic
def answer_complaint(*, complaint, outcome, answer, by, answered_on=None, put_right="", version=None):
    """Whoever complained was answered. Raises RuleBroken without words, or where it was answered before."""
    complaint = lock(Complaint, complaint.pk, version)
    if complaint.answered_on is not None:
        raise rules.COMPLAINT_ANSWERED.broken()
    answered_on = answered_on or timezone.localdate()
    if not complaint.received_on <= answered_on <= timezone.localdate():
        raise rules.COMPLAINT_IN_TIME.broken("answered_on")
    complaint.answered_on, complaint.answered_by = answered_on, by
    complaint.outcome, complaint.answer, complaint.put_right = outcome, answer.strip(), put_right.strip()
    complaint.next_stage_on = None
    with refusals(risk_complaint_answered_in_words="answer"):
        return record(complaint, by=by, why="answered")


@transaction.atomic
def take_further(*, complaint, words, by, stage, received_on=None):
    """Whoever complained is not content: the later stage has a clock of its own. The earlier answer stays."""
    complaint = lock(Complaint, complaint.pk)
    later = STAGES.index(stage) > STAGES.index(complaint.stage)
    if complaint.answered_on is None or not later or hasattr(complaint, "taken_further_by"):
        raise rules.COMPLAINT_FURTHER.broken()
    received_on = received_on or timezone.localdate()
    if not complaint.answered_on <= received_on <= timezone.localdate():
        raise rules.COMPLAINT_IN_TIME.broken("received_on")
    further = Complaint(
        person=complaint.person, organisation=complaint.organisation, reach=complaint.reach, stage=stage, takes_further=complaint,
        raiser=complaint.raiser, raiser_name=complaint.raiser_name, received_on=received_on, words=words.strip(),
        wants=complaint.wants, recorded_by=by,
    )  # fmt: skip
    start_clock(further, by, "taken further")
    who = ("user", "organisation", "carer")
    about = [(one.kind, {name: getattr(one, name) for name in who}) for one in complaint.about.all()]
    write_about(further, about, by, RedressAbout, "complaint")
    return further


@transaction.atomic
def say_sorry(*, incident, person, told_whom, told_on, account, apology, by, about=()):
    """The person, or who acts for them, was told openly what went wrong and heard sorry. In writing falls due.

    `about`: as for a complaint.
    """
    if not incident.happened_on <= told_on <= timezone.localdate():
        raise rules.CANDOUR_IN_TIME.broken("told_on")
    council = person.responsible_council
    due_on = told_on + timedelta(days=queries.policy(council, timezone.localdate()).candour_days)
    row = DutyOfCandour(
        incident=incident, person=person, told_whom=told_whom.strip(),
        told_on=told_on, account=account.strip(), apology=apology.strip(), recorded_by=by, due_on=due_on,
        next_stage_on=first_stage_on("risk.candour", council=council, due_on=due_on),
    )  # fmt: skip
    found = subjects(person, about, timezone.localdate())
    send_on_its_way(row, writes_for(person, by), found)
    with refusals():
        record(row, by=by, why="said openly, and sorry")
    write_about(row, found, by, RedressAbout, "candour")
    return row


@transaction.atomic
def say_sorry_in_writing(*, candour, in_writing_on, by, findings="", version=None):
    """The same went out in writing, with what was found since."""
    candour = lock(DutyOfCandour, candour.pk, version)
    if not candour.told_on <= in_writing_on <= timezone.localdate():
        raise rules.CANDOUR_IN_TIME.broken("in_writing_on")
    candour.in_writing_on, candour.in_writing_by = in_writing_on, by
    candour.findings, candour.next_stage_on = findings.strip(), None
    return record(candour, by=by, why="said in writing")
