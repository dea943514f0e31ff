"""From enquiry to panel: stages with their dates, what each needs, and how an application ends."""

from django.db import transaction
from django.utils import timezone

from carers import rules
from carers.codes import Stopped
from carers.models import (
    Applicant,
    Application,
    Approval,
    Carer,
    Household,
    HouseholdMember,
    NeedMet,
    StageReached,
)
from carers.queries.applications import standing
from sharedlives.records.actions import lock, record
from sharedlives.rules import refusals

from .carers import new_reference, register_carer
from .homes import register_household, spaced_postcode
from .stopping import end_carer
from .ties import check_not_close


@transaction.atomic
def enquire(*, scheme, council, home, applicants, enquired_on, by, fast=False, worker=None):
    """One carer or a couple asks to become carers. Their home and they come on our records; nobody is placed there yet.

    `home` is {label, address, postcode}: a dwelling that the scheme has already is used again. `applicants` are the facts
    of one or two carers. `fast`: a support carer. Raises RuleBroken where somebody of the home is applying already.
    """
    if enquired_on > timezone.localdate():
        raise rules.STAGES_IN_ORDER.broken("enquired_on")
    household = known_home(scheme, home) or register_household(scheme=scheme, council=council, by=by, **home)
    application = Application(
        organisation=scheme, household=household, reference="A" + new_reference()[1:], fast=fast,
        enquired_on=enquired_on, worker=worker,
    )  # fmt: skip
    with refusals(carers_one_open_application="address"):
        record(application, by=by, why="enquired")
    record(
        StageReached(application=application, stage=application.stage, on=enquired_on), by=by, why="enquired"
    )
    for place, facts in enumerate(applicants, 1):
        carer = register_carer(household=household, organisation=scheme, worker=worker, by=by, **facts)
        record(Applicant(application=application, carer=carer, place=place), by=by, why="enquired")
    return application


def known_home(scheme, home):
    """The dwelling of this address, if the scheme works with it already."""
    plain = rules.normalised(home["address"], spaced_postcode(home["postcode"]))
    return Household.objects.filter(
        normalised_address=plain, scheme_links__scheme=scheme, scheme_links__until=None
    ).first()


def lock_open(application, by, version=None):
    """The application under a lock. Raises RuleBroken where it has ended, or for somebody close to who applies."""
    application = lock(Application, application.pk, version)
    if not application.is_open:
        raise rules.STILL_APPLYING.broken()
    for row in application.applicants.select_related("carer"):
        check_not_close(row.carer, by)
    return application


@transaction.atomic
def note_need(*, application, need, by, done_on=None, because=""):
    """Something that a stage needs is done, or not yet, because. Noted again, the newer words stand. Raises RuleBroken."""
    application = lock_open(application, by)
    if because.strip() and need in rules.WITHOUT_EXCUSE:
        raise rules.NO_EXCUSE.broken("because", need=need.label)
    row = NeedMet.objects.filter(application=application, need=need).first()
    row = row or NeedMet(application=application, need=need)
    row.done_on, row.because = done_on, because.strip()
    if done_on and done_on > timezone.localdate():
        raise rules.STAGES_IN_ORDER.broken("done_on")
    with refusals(carers_need_done_or_why_not="done_on"):
        record(row, by=by, why="not yet, because" if row.because else "done")
    return application


@transaction.atomic
def go_on(*, application, on, by, version=None):
    """The application comes to its next stage. Raises RuleBroken with all that it still needs."""
    application = lock_open(application, by, version)
    step = rules.next_step(application.stage, application.fast)
    if step is None:
        raise rules.STILL_APPLYING.broken()
    if on > timezone.localdate() or application.reached.filter(on__gt=on).exists():
        raise rules.STAGES_IN_ORDER.broken("on")
    missing = [need.label for need, met, _words in standing(application, on) if not met]
    if missing:
        raise rules.NEEDS_FIRST.broken(stage=step.stage.label, missing="; ".join(missing))
    application.stage = step.stage
    record(application, by=by, why=f"came to: {step.stage.label}")
    record(StageReached(application=application, stage=step.stage, on=on), by=by, why="reached")
    return application


@transaction.atomic
def say_consulted(*, member, on, by, version=None):
    """Somebody who lives in the home was asked, and agrees."""
    member = lock(HouseholdMember, member.pk, version)
    if on > timezone.localdate():
        raise rules.STAGES_IN_ORDER.broken("on")
    member.consulted_on = on
    return record(member, by=by, why="asked, and agrees")


@transaction.atomic
def end_application(*, application, state, because, on, by, words="", version=None):
    """Withdrawn, or refused before the panel, with the reason. Who was never approved is no longer a carer to be."""
    application = lock_open(application, by, version)
    return close(application, state, on, by, because, words)


def close(application, state, on, by, because="", words=""):
    application.state, application.ended_on = state, on
    application.ended_because, application.ended_words = because, words.strip()
    record(application, by=by, why=application.get_state_display().lower())
    if state != Application.State.APPROVED:
        approved = Approval.objects.filter(carer__household=application.household_id)
        rows = Carer.objects.filter(applicants__application=application, ended_on=None)
        for carer in rows.exclude(pk__in=approved.values("carer")).order_by("pk"):
            end_carer(carer=carer, on=on, because=Stopped.NEVER_APPROVED, by=by)
    return application
