"""Who wants to become a carer of the scheme that signs in: one application at each stage, one that the panel approved."""

from datetime import timedelta

from carers import actions, rules
from carers.codes import About, Need
from carers.models import RequirementKind, TrainingCourse
from people.models import User
from people.models.organisation import current
from sharedlives.devstack.signins import DOMAIN

NAMES = (
    ("Joan", "Bellamy", "Ray"),
    ("Nadia", "Farouk", ""),
    ("Peter", "Lomax", "Sue"),
    ("Grace", "Adeyemi", ""),
    ("Huw", "Prosser", "Carys"),
    ("Mina", "Rahman", ""),
    ("Alan", "Tully", "Jean"),
    ("Kirsty", "Boyd", "Ewan"),
)
SAID = {
    "papers": "Assessment report\nTheir comments\nReferences and checks",
    "reasons": "Warm and patient, with years of caring for a brother. The home is calm and near the bus.",
    "policy": "Approval of carers, version 3",
}


def apply_to_the_scheme(today):
    """Nothing where the workers who sign in are missing."""
    worker = User.objects.filter(email=f"scheme.worker@{DOMAIN}").first()
    manager = User.objects.filter(email=f"scheme.manager@{DOMAIN}").first()
    if not (worker and manager):
        return
    scheme = worker.memberships.filter(current(today)).select_related("organisation").first().organisation
    stages = [step.stage for step in rules.steps(False)]
    for number, names in enumerate(NAMES):
        until = stages[min(number, len(stages) - 1)]
        application = enquired(number, names, scheme, today, worker)
        while application.stage != until:
            application = one_stage(application, today, worker)
    meeting = actions.hold_panel(
        scheme=scheme, on=today, members="Ann Grey, independent chair\nTom Hale, a carer", by=manager
    )
    condition = {
        "words": "First aid again before the first stay",
        "owner": worker,
        "due_on": today + timedelta(45),
    }
    actions.decide(
        application=application, meeting=meeting, outcome="conditions", conditions=[condition],
        kinds=["live_in", "short_break"], since=today, by=manager, **SAID,
    )  # fmt: skip


def enquired(number, names, scheme, today, worker):
    given, family, partner = names
    who = [{"given_name": name, "family_name": family} for name in (given, partner) if name]
    home = {"label": f"The {family} home", "address": f"{200 + number} Orchard Way", "postcode": "QZ7 3QT"}
    return actions.enquire(
        scheme=scheme, council=scheme.council, home=home, applicants=who, worker=worker,
        enquired_on=today - timedelta(days=20 + 25 * number), by=worker,
    )  # fmt: skip


def one_stage(application, today, by):
    """What the next stage needs is done, and it is reached."""
    step = rules.next_step(application.stage, application.fast)
    for need in step.needs:
        if need not in rules.FROM_RECORDS:
            actions.note_need(application=application, need=need, done_on=today, by=by)
    if Need.PAPERS in step.needs:
        check_everybody(application, today - timedelta(days=12), by)
    if Need.TRAINED in step.needs:
        for row in application.applicants.all():
            for course in TrainingCourse.objects.filter(mandatory=True):
                actions.record_training(
                    carer=row.carer, course=course, done_on=today - timedelta(days=9), by=by
                )
    return actions.go_on(application=application, on=today, by=by)


def check_everybody(application, on, by):
    """Checks and references of those who apply, and the home looked at."""
    for kind in RequirementKind.objects.filter(before_panel=True):
        facts = {"kind": kind, "done_on": on, "by": by}
        if kind.is_check:
            facts |= {"number": "001234567890", "level": "barred"}
        if kind.about == About.HOME:
            actions.record_requirement(household=application.household, **facts)
            continue
        for row in application.applicants.all():
            actions.record_requirement(carer=row.carer, **facts)
