"""What an application has and lacks: noted by hand, or read from the records of carers, family and home."""

from django.db.models import Prefetch

from carers import rules
from carers.codes import About, Need
from carers.models import Applicant, Requirement, RequirementKind, Training, TrainingCourse


def lacking(application, on):
    """{need: what is missing, in words} for the needs that the records answer. Empty words: met."""
    carers = [row.carer for row in application.applicants.all()]
    members = [
        m for m in application.household.members.current(on) if rules.of_age(m.born_in, rules.ASKED_AT, on)
    ]
    kinds = list(RequirementKind.objects.filter(before_panel=True))
    rows = list(Requirement.objects.of_home(application.household))
    have = {(row.kind_id, row.subject_pk) for row in rows if row.counts(on)}
    return {
        Need.HOUSEHOLD_ASKED: joined(m.given_name for m in members if m.consulted_on is None),
        Need.HOUSEHOLD_CHECKED: joined(without(kinds, About.ADULT, [*carers, *members], have)),
        Need.PAPERS: joined(without(kinds, About.CARER, carers, have)),
        Need.HOME_SAFE: joined(without(kinds, About.HOME, [application.household], have)),
        Need.TRAINED: joined(untrained(carers, on)),
    }


def joined(words):
    return ", ".join(words)


def without(kinds, about, subjects, have):
    """What is asked of each, and not there: *DBS check of Ada*."""
    for kind in kinds:
        for subject in subjects:
            if kind.about == about and (kind.pk, subject.pk) not in have:
                yield f"{kind} of {getattr(subject, 'given_name', 'the home')}"


def untrained(carers, on):
    """The courses that every carer needs and one of these has not done, or not lately."""
    done = Training.objects.filter(carer__in=carers)
    lasting = {(row.carer_id, row.course_id) for row in done if row.lasts(on)}
    courses = TrainingCourse.objects.filter(mandatory=True)
    return [f"{c} of {p.given_name}" for c in courses for p in carers if (p.pk, c.pk) not in lasting]


def standing(application, on):
    """Each need of the next stage: [(need, met, words)]; empty after the last stage.

    Met by hand, explained (*not yet, because …*), or by the records.
    """
    step = rules.next_step(application.stage, application.fast)
    if step is None:
        return []
    noted = {row.need: row for row in application.needs.all()}
    lacks = lacking(application, on) if set(step.needs) & rules.FROM_RECORDS else {}
    return [(need, *how(noted.get(need), lacks.get(need))) for need in step.needs]


def how(noted, lacks):
    """(met, words) of one need. `lacks` is None where it is noted by hand."""
    if lacks == "":
        return True, "Done"
    if noted and noted.because:
        return True, f"Not yet, because {noted.because}"
    if noted:
        return True, f"Done on {noted.done_on:%-d %B %Y}"
    return False, f"Missing: {lacks}" if lacks else ""


def with_applicants(applications):
    """Applications with those who apply, all in one statement more."""
    return applications.prefetch_related(
        Prefetch("applicants", queryset=Applicant.objects.select_related("carer"))
    )


def listed(applications):
    """Applications with all that a line of the list shows."""
    return with_applicants(applications.select_related("household", "worker"))
