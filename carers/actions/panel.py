"""The panel meets and decides; approvals, conditions, the letter and the first yearly review follow from its decision."""

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from carers import rules
from carers.codes import NotACarer, Outcome, Stage
from carers.models import Application, ApprovalCondition, PanelDecision, PanelMeeting, RequirementKind
from sharedlives.documents import pdf
from sharedlives.documents.actions import issue
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals
from sharedlives.worklist.deadlines import first_stage_on
from sharedlives.worklist.wordings import compose_letter

from ..wordings import PANEL_LETTER
from .applications import close, lock_open
from .carers import approve
from .requirements import record_requirement
from .ties import check_not_close

CONDITION = "carers.condition"  # the deadline
YEARLY = "carer-review"  # the requirement that an approval starts
KIND = "carers.decision"  # of the letter
BESIDE = {
    "carers_decided_once_a_meeting": "meeting",
    "carers_decision_says_for_what": "kinds",
    "carers_refusal_can_be_appealed": "appeal_by",
    "carers_probation_dates_in_order": "probation_until",
}


@transaction.atomic
def hold_panel(*, scheme, on, members, by):
    """The panel of a scheme meets on a day. `members`: one a line. Raises RuleBroken for a second one that day."""
    meeting = PanelMeeting(organisation=scheme, on=on, members=members.strip())
    with refusals(carers_one_panel_a_day="on"):
        return record(meeting, by=by, why="panel held")


@transaction.atomic
def decide(*, application, meeting, outcome, by, conditions=(), because="", version=None, **said):
    """The panel's decision on an application. `said`: papers, reasons, policy, kinds, emergency, only_for, since,
    probation_until, appeal_by.

    Approved, with conditions or without: each of who applies is approved, and their yearly review begins. Not approved:
    the application ends, `because` is its code. Deferred: it stays open. `conditions` are {words, owner, due_on}. Raises
    RuleBroken.
    """
    application = lock_open(application, by, version)
    if application.stage != Stage.PANEL or meeting.on > timezone.localdate():
        raise rules.AT_PANEL.broken()
    if bool(conditions) != (outcome == Outcome.CONDITIONS):
        raise rules.WITH_CONDITIONS.broken("outcome")
    decision = PanelDecision(meeting=meeting, application=application, outcome=outcome, **said)
    with refusals(**BESIDE):
        record(decision, by=by, why=decision.get_outcome_display())
    council = application.organisation.council
    for facts in conditions:
        condition = ApprovalCondition(decision=decision, **facts)
        condition.next_stage_on = first_stage_on(CONDITION, council=council, due_on=condition.due_on)
        record(condition, by=by, why="condition of an approval")
    if outcome in (Outcome.APPROVED, Outcome.CONDITIONS):
        approve_all(decision, by)
        close(application, Application.State.APPROVED, meeting.on, by)
    elif outcome == Outcome.NOT_APPROVED:
        close(application, Application.State.REFUSED, meeting.on, by, because or NotACarer.OTHER)
    return application


def approve_all(decision, by):
    """The approvals of all who apply, and the day from which their yearly review counts."""
    words = "\n".join(f"{c.words} (by {c.due_on:%-d %B %Y})" for c in decision.conditions.all())
    yearly = RequirementKind.objects.filter(slug=YEARLY).first()
    for row in decision.application.applicants.select_related("carer"):
        approve(
            carer=row.carer, kinds=decision.kinds, since=decision.since, until=decision.probation_until,
            emergency=decision.emergency, only_for=decision.only_for, conditions=words, decision=decision, by=by,
        )  # fmt: skip
        if yearly:
            on = decision.meeting.on
            record_requirement(kind=yearly, carer=row.carer, done_on=on, words="Approved by the panel", by=by)


@transaction.atomic
def meet_condition(*, condition, on, words, by, version=None):
    """A condition is met, and what was seen. Raises RuleBroken where it is met already."""
    condition = lock(ApprovalCondition, condition.pk, version)
    check_not_close_to_any(condition.decision.application, by)
    if condition.met_on or not words.strip() or on > timezone.localdate():
        raise rules.MET_HOW.broken("words")
    condition.met_on, condition.met_words, condition.next_stage_on = on, words.strip(), None
    record(condition, by=by, why="condition met")
    return condition.decision.application


@transaction.atomic
def write_letter(*, decision, by):
    """The letter that tells who applied what the panel decided, why, and until when they may appeal. Kept as it goes out."""
    decision = lock(PanelDecision, decision.pk)
    check_not_close_to_any(decision.application, by)
    if decision.letter_id:
        raise rules.SENT_ONCE.broken()
    content, content_type, ending = rendered(decision)
    decision.letter = issue(
        kind=KIND, content=content, content_type=content_type, by=by,
        filename=f"decision-{decision.application.reference}-{decision.meeting.on}.{ending}",
    )  # fmt: skip
    decision.letter_on = timezone.localdate()
    record(decision, by=by, why="letter written")
    return decision.application


def rendered(decision):
    """(bytes, content type, ending) of the letter: tagged PDF (PDF/UA-1), or plain text where PDFs are off."""
    scheme = decision.application.organisation
    heading, before, after = compose_letter(PANEL_LETTER, {"scheme": scheme.name})
    facts = {
        "heading": heading,
        "before": before,
        "after": after,
        "decision": decision,
        "application": decision.application,
        "conditions": list(decision.conditions.all()),
        "council_id": scheme.council_id,
    }
    if not pdf.available():
        return render_to_string("carers/letter.txt", facts).encode(), "text/plain; charset=utf-8", "txt"
    title = f"{heading}: {decision.application.names}"
    return pdf.render_pdf("carers/letter_pdf.html", facts, title=title), "application/pdf", "pdf"


def check_not_close_to_any(application, by):
    for row in application.applicants.select_related("carer"):
        check_not_close(row.carer, by)
