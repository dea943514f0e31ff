"""Assessments: begun, gone on with, completed; and the scheme's part of a joint one."""

from django.db import transaction
from django.utils import timezone

from people.models import Involvement
from sharedlives.records.actions import drop_draft, lock, record
from sharedlives.records.rules import VERY_LIKE_LAST_TIME
from sharedlives.rules import all_at_once, refusals

from .. import queries, rules
from ..models import Assessment, AssessmentPart, own_organisations
from ..moments import HELD
from .owners import owner

ASSESSING = "careplans.assessment"  # the name of the long form among a user's server-side drafts
FIELDS = {
    "careplans_complex_is_joint_or_says_why": "why_not_joint",
    "careplans_complete_assessment_has_words": "summary",
    "careplans_alone_names_the_scheme": "scheme",
    "careplans_offered_needs_no_reason": "why_not_offered",
}


def lacking(assessment, alike):
    """Refuse a complete assessment that leaves out what practice asks for, one by one. A draft may be unfinished."""
    kind, person = assessment.kind, assessment.person
    if not assessment.seen_where.strip() or not assessment.seen_how or not assessment.person_part.strip():
        yield rules.PERSON_SEEN.broken(person=person)
    if not assessment.summary.strip():
        yield rules.NEEDS_IN_WORDS.broken()
    is_complex = assessment.complexity == Assessment.Complexity.COMPLEX
    if is_complex and kind != Assessment.Kind.JOINT and not assessment.why_not_joint.strip():
        yield rules.COMPLEX_IS_JOINT.broken()
    has_part = hasattr(assessment, "part") or assessment.why_no_part.strip()
    if kind == Assessment.Kind.JOINT and not has_part:
        yield rules.JOINT_HAS_BOTH_PARTS.broken()
    if alike.very and not assessment.why_alike.strip():
        yield VERY_LIKE_LAST_TIME.broken("why_alike")
    if not assessment.explained_shared_lives and not assessment.why_not_explained.strip():
        yield rules.EXPLAINED_OR_WHY.broken()
    if bool(assessment.offered_shared_lives) == bool(assessment.why_not_offered):
        yield rules.OFFERED_OR_WHY.broken("why_not_offered")


def save(assessment, by, why):
    if assessment.state == Assessment.State.COMPLETE:
        alike = queries.against_the_last(assessment)
        all_at_once(lacking(assessment, alike))
        assessment.likeness = alike.percent
    with refusals(**FIELDS):
        record(assessment, by=by, why=why)
    if assessment.state == Assessment.State.COMPLETE:
        HELD.happened(person=assessment.person, by=by)
    return assessment


@transaction.atomic
def assess(*, person, by, state=Assessment.State.COMPLETE, done_on=None, assessor=None, scheme=None, **facts):
    """Record an assessment of a person's needs, complete or as a draft. Raises RuleBroken.

    A scheme that assesses (alone, or with its part) must support the person or have a referral for them.
    """
    if scheme is not None:
        check_scheme(person, scheme)
    assessment = Assessment(
        person=person,
        organisation=owner(person, by),
        state=state,
        done_on=done_on or timezone.localdate(),
        assessor=assessor or by,
        scheme=scheme,
        **facts,
    )
    return save(assessment, by, f"assessment, {assessment.get_state_display().lower()}")


def check_scheme(person, scheme):
    rows = Involvement.objects.current(timezone.localdate()).filter(person=person, organisation=scheme)
    if not rows.filter(role__in=(Involvement.Role.SUPPORTS, Involvement.Role.REFERRED)).exists():
        raise rules.SHARE_WITH_INVOLVED.broken("scheme", scheme=scheme)


@transaction.atomic
def amend_assessment(*, assessment, by, version=None, **facts):
    """Go on with a draft assessment. A complete one no longer changes. Raises Stale or RuleBroken."""
    assessment = lock(Assessment, assessment.pk, version)
    if assessment.state == Assessment.State.COMPLETE:
        raise rules.ASSESSMENT_COMPLETE.broken()
    for name, value in facts.items():
        setattr(assessment, name, value)
    saved = save(assessment, by, "assessment changed")
    drop_draft(user=by, form=ASSESSING, object_id=assessment.pk)
    return saved


@transaction.atomic
def write_part(*, assessment, words, by):
    """The scheme's part of a joint assessment, in its own words; again until the assessment is complete."""
    assessment = lock(Assessment, assessment.pk)
    if assessment.state == Assessment.State.COMPLETE:
        raise rules.ASSESSMENT_COMPLETE.broken()
    if assessment.scheme_id not in own_organisations(by):
        raise rules.PART_OF_SCHEME.broken()
    part = AssessmentPart.objects.filter(assessment=assessment).first()
    part = part or AssessmentPart(assessment=assessment, scheme=assessment.scheme)
    part.words, part.written_by, part.on = words, by, timezone.localdate()
    with refusals():
        return record(part, by=by, why="the scheme’s part written")
