"""From an enquiry to the panel: what each next stage needs. One table: the page shows it, and the action refuses by it."""

from dataclasses import dataclass, replace

from carers.codes import Need, Stage
from sharedlives.rules import Rule

from .homes import months_later

RECRUITMENT = "Shared Lives Plus: recruitment to approval; council practice"
ASKED_AT = 16  # years: from then on everybody who lives in the home is asked and checked
USUAL_MONTHS = 6  # an approval usually takes three to six months: shown, never enforced

# What the records themselves answer. Everything else is noted by hand, or explained: not yet, because …
FROM_RECORDS = frozenset(
    {Need.HOUSEHOLD_ASKED, Need.HOUSEHOLD_CHECKED, Need.PAPERS, Need.HOME_SAFE, Need.TRAINED}
)
# Without these nobody goes on, whatever the reason.
WITHOUT_EXCUSE = frozenset({Need.APPLIED, Need.HOUSEHOLD_ASKED, Need.HOUSEHOLD_CHECKED})


@dataclass(frozen=True)
class Step:
    """One stage: what it needs before it is reached.

    `fast`: support carers, who stand in for others, go through it too; `spared` is what they are not asked. What a stage
    that they skip needs is asked at the next.
    """

    stage: str
    needs: tuple
    fast: bool = True
    spared: tuple = ()


STEPS = (
    Step(Stage.ENQUIRY, ()),
    Step(Stage.FIRST_TALK, (Need.INFORMATION,), fast=False),
    Step(Stage.APPLICATION, (Need.TALKED,)),
    Step(Stage.CHECKS, (Need.APPLIED, Need.IDENTITY, Need.AGREED_TO_CHECKS)),
    Step(
        Stage.VISITS,
        (Need.HOUSEHOLD_ASKED, Need.HOUSEHOLD_CHECKED, Need.PAPERS, Need.HOME_SAFE),
        fast=False,
    ),
    Step(
        Stage.REPORT,
        (Need.TRAINED, Need.VISITED, Need.EXPERT_MET),
        fast=False,
        spared=(Need.TRAINED, Need.EXPERT_MET),
    ),
    Step(Stage.PANEL, (Need.REPORT_READ,)),
)

NEEDS_FIRST = Rule(
    code="carers.stage_needs_first",
    says="The next stage, {stage}, still needs: {missing}.",
    mends="Open each on the page of the application and record it, or say why not yet.",
    source=RECRUITMENT,
)
NO_EXCUSE = Rule(
    code="carers.need_without_excuse",
    says="Nobody goes on without this: {need}.",
    mends="Record it once it is done.",
    source=RECRUITMENT,
)
DONE_OR_WHY_NOT = Rule(
    code="carers.need_done_or_why_not",
    says="Either it is done, on a day, or there is a reason why not yet.",
    mends="Enter the day, or the reason, not both.",
    source=RECRUITMENT,
    constraint="carers_need_done_or_why_not",
)
ONE_APPLICATION = Rule(
    code="carers.one_application",
    says="Somebody of this home is applying already.",
    mends="Open that application and go on there.",
    source="One home, one application",
    constraint="carers_one_open_application",
)
STILL_APPLYING = Rule(
    code="carers.still_applying",
    says="This application has ended, or has come as far as it can.",
    mends="Open it to see how it stands.",
    source="One application, one ending",
)
STAGES_IN_ORDER = Rule(
    code="carers.stages_in_order",
    says="That is before the stage that was reached last, or in the future.",
    mends="Check the date.",
    source="Records say what happened",
)


def steps(fast):
    """The stages of an application in order; for support carers those that they go through, with all that is asked."""
    if not fast:
        return list(STEPS)
    kept, carried = [], ()
    for step in STEPS:
        needs = carried + tuple(need for need in step.needs if need not in step.spared)
        if step.fast:
            kept.append(replace(step, needs=needs))
        carried = () if step.fast else needs
    return kept


def next_step(stage, fast):
    """The stage after one, or None after the last."""
    found = steps(fast)
    place = [step.stage for step in found].index(stage) + 1
    return found[place] if place < len(found) else None


def months_so_far(since, on):
    """Whole calendar months from a day to another."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return months - (months_later(since, months) > on)


def pace(months):
    """How so many months compare with the usual, in words. Nothing hangs on it."""
    counted = f"{months} month{'' if months == 1 else 's'} so far"
    longer = ", longer than usual" if months > USUAL_MONTHS else ""
    return f"{counted}{longer}; three to six months are usual"
