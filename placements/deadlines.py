"""What falls due on this floor."""

from django.db.models import Q
from django.urls import reverse

from people.queries import worked_on_by
from sharedlives.worklist.deadlines import Deadline, Stage, in_words

from .codes import GateCode
from .models import AnswerOwed, ChargesLook, OwedAfterDeath, OwedAfterEmergency, ToSettle, VisitOwed
from .models.scope import own_schemes, own_teams


def still_owed():
    rows = OwedAfterEmergency.objects.open()
    return rows.select_related("placement__person", "placement__funding_team__council", "organisation")


def owed_by(user):
    """What the user's own schemes still owe."""
    return still_owed().visible_to(user).filter(organisation__in=own_schemes(user))


def waits_for(user):
    """What schemes still owe for the people of the user's own teams."""
    mine = Q(placement__funding_team__in=own_teams(user)) & ~Q(organisation__in=own_schemes(user))
    return still_owed().visible_to(user).filter(mine)


OWED_AFTER_EMERGENCY = Deadline(
    name="placements.owed_after_emergency",
    label="Something is still owed after a start",
    model=OwedAfterEmergency,
    stages=(Stage("due", 0, "worker"), Stage("late", 1, "worker"), Stage("manager", 3, "manager")),
    open=still_owed,
    visible_to=lambda user: still_owed().visible_to(user),
    owed_by=owed_by,
    responsible=lambda row: (row.placement.person, row.organisation),
    council=lambda row: row.placement.funding_team and row.placement.funding_team.council,
    path=lambda object_id: reverse("placements:owed", args=[object_id]),
    about=lambda: in_words("what", GateCode),
    person="placement__person",
    organisation="organisation",
    waits_for=waits_for,
    urgent=True,
)


def owed_to_others():
    return OwedAfterDeath.objects.open().select_related(
        "person", "placement__funding_team__council", "organisation"
    )


OWED_AFTER_DEATH = Deadline(
    name="placements.owed_after_death",
    label="Something is owed after a death",
    model=OwedAfterDeath,
    stages=(Stage("due", 0, "worker"), Stage("late", 1, "worker"), Stage("manager", 3, "manager")),
    open=owed_to_others,
    visible_to=lambda user: owed_to_others().visible_to(user),
    owed_by=lambda user: owed_to_others().filter(organisation__in=own_schemes(user)),
    responsible=lambda row: (None, row.organisation),
    council=lambda row: row.placement.funding_team and row.placement.funding_team.council,
    path=lambda object_id: reverse("placements:owed_after_death", args=[object_id]),
    about=lambda: in_words("what", OwedAfterDeath.What),
    waits_for=lambda user: owed_to_others().filter(placement__funding_team__in=own_teams(user)),
    urgent=True,
    outlives=True,
)


def answers_owed():
    rows = AnswerOwed.objects.open()
    return rows.select_related("referral__person", "referral__organisation__council", "organisation")


ANSWER_OWED = Deadline(
    name="placements.answer_owed",
    label="An answer is due: to a referral, or to a home that was proposed",
    model=AnswerOwed,
    stages=(Stage("soon", -2, "worker"), Stage("due", 0, "worker"), Stage("manager", 3, "manager")),
    open=answers_owed,
    visible_to=lambda user: answers_owed().visible_to(user),
    owed_by=lambda user: answers_owed().visible_to(user).filter(organisation__in=own_schemes(user)),
    responsible=lambda row: (row.referral.person, row.organisation),
    council=lambda row: row.referral.organisation.council,
    path=lambda object_id: reverse("placements:answer_owed", args=[object_id]),
    person="referral__person",
    organisation="organisation",
    waits_for=lambda user: answers_owed().visible_to(user).filter(referral__organisation__in=own_teams(user)),
)


def to_settle():
    return ToSettle.objects.open().select_related("person", "organisation__council")


TO_SETTLE = Deadline(
    name="placements.to_settle",
    label="A carer stops or is suspended, or a scheme leaves: where does the person live from now on",
    model=ToSettle,
    stages=(
        Stage("told", -60, "worker"),
        Stage("due", 0, "worker"),
        Stage("manager", 1, "manager"),
    ),
    open=to_settle,
    visible_to=lambda user: to_settle().visible_to(user),
    owed_by=lambda user: (
        to_settle()
        .visible_to(user)
        .filter(
            Q(organisation__in=own_schemes(user))
            | worked_on_by(user, ("funds", "co_funds"), nobody_named=True)
        )
    ),
    responsible=lambda row: (row.person, row.organisation),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("placements:settle_where", args=[object_id]),
    waits_for=lambda user: (
        to_settle()
        .visible_to(user)
        .filter(placement__scheme__in=own_schemes(user))
        .exclude(organisation__in=own_schemes(user))
    ),
    urgent=True,
    follows_funding=True,
)


def visits_owed():
    rows = VisitOwed.objects.open()
    return rows.select_related("placement__person", "placement__funding_team__council", "organisation")


VISIT_OWED = Deadline(
    name="placements.visit_owed",
    label="A visit to somebody with a Shared Lives carer is due",
    model=VisitOwed,
    stages=(Stage("soon", -7, "worker"), Stage("due", 0, "worker"), Stage("manager", 14, "manager")),
    open=visits_owed,
    visible_to=lambda user: visits_owed().visible_to(user),
    owed_by=lambda user: visits_owed().visible_to(user).filter(organisation__in=own_schemes(user)),
    responsible=lambda row: (row.placement.person, row.organisation),
    council=lambda row: row.placement.funding_team and row.placement.funding_team.council,
    path=lambda object_id: reverse("placements:visit_owed", args=[object_id]),
    person="placement__person",
    organisation="organisation",
)


def charges_looks():
    rows = ChargesLook.objects.open()
    return rows.select_related("placement__person", "placement__funding_team__council", "organisation")


CHARGES_LOOK = Deadline(
    name="placements.charges_look",
    label="Licence and charges of a placement are to be looked at",
    model=ChargesLook,
    stages=(Stage("soon", -28, "worker"), Stage("due", 0, "worker"), Stage("manager", 28, "manager")),
    open=charges_looks,
    visible_to=lambda user: charges_looks().visible_to(user),
    owed_by=lambda user: charges_looks().visible_to(user).filter(organisation__in=own_schemes(user)),
    responsible=lambda row: (row.placement.person, row.organisation),
    council=lambda row: row.placement.funding_team and row.placement.funding_team.council,
    path=lambda object_id: reverse("placements:look_at_charges", args=[object_id]),
    person="placement__person",
    organisation="organisation",
)
