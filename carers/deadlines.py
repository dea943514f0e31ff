"""What falls due on this floor."""

from django.db.models import Case, F, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse

from people.queries import worked_on_by
from sharedlives.permissions import Permission
from sharedlives.worklist.deadlines import Deadline, Stage

from .models import ApprovalCondition, CarerCopy, KeptApart, Requirement, Training
from .models.home import own_schemes


def to_renew():
    """The newest training of each course of those who are still carers, where it expires."""
    return Training.objects.to_renew().select_related("carer__worker", "carer__organisation__council")


def owed_by(user):
    """Of the carers for whom the user is the scheme worker, or for whom nobody is named."""
    mine = Q(carer__worker=user.pk) | Q(carer__worker=None)
    return (
        to_renew()
        .visible_to(user)
        .filter(mine, carer__organisation__in=own_schemes(user, Permission.CARER_WRITE))
    )


def requirements_to_renew():
    """The newest of each thing that is asked in a home, where it does not last for ever."""
    return Requirement.objects.to_renew().select_related("organisation__council", "carer__worker")


def requirements_owed_by(user):
    """Of the carers for whom the user is the scheme worker; of homes, families and carers with nobody named."""
    mine = Q(carer__worker=user.pk) | Q(carer=None) | Q(carer__worker=None)
    rows = requirements_to_renew().visible_to(user)
    return rows.filter(mine, organisation__in=own_schemes(user, Permission.CARER_WRITE))


def name_of(lookup):
    """The name of a carer on screen (`Carer.known_as`) as an expression; empty where the lookup leads to nobody."""
    first = Coalesce(
        NullIf(f"{lookup}__preferred_name", Value("")), f"{lookup}__given_name", output_field=TextField()
    )
    return Case(
        When(**{lookup: None}, then=Value("")),
        default=Concat(first, Value(" "), f"{lookup}__family_name", output_field=TextField()),
        output_field=TextField(),
    )


def whose_requirement():
    """Of the carer, of somebody else in the home, or of the home: its name as an expression."""
    return Coalesce(
        NullIf(name_of("carer"), Value("")),
        "member__given_name",
        "household__label",
        Value(""),
        output_field=TextField(),
    )


STAGES = (
    Stage("eight_weeks", -56, "worker"),
    Stage("four_weeks", -28, "worker"),
    Stage("expired", 0, "worker"),
    Stage("lapsed", 1, "manager"),
)
REQUIREMENT = Deadline(
    name="carers.requirement",
    label="A check, insurance or review in a home is to be renewed",
    model=Requirement,
    stages=STAGES,
    open=requirements_to_renew,
    visible_to=lambda user: requirements_to_renew().visible_to(user),
    owed_by=requirements_owed_by,
    responsible=lambda row: (None, row.organisation),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("carers:renew_requirement", args=[object_id]),
    about=lambda: Concat("kind__name", Value(": "), whose_requirement(), output_field=TextField()),
    person="",
    worker=lambda row: row.carer and row.carer.worker,
)


def unmet():
    """Conditions of approvals that are not met."""
    rows = ApprovalCondition.objects.unmet()
    return rows.select_related("owner", "decision__application__organisation__council")


CONDITION = Deadline(
    name="carers.condition",
    label="A condition of a carer’s approval is to be met",
    model=ApprovalCondition,
    stages=(
        Stage("four_weeks", -28, "worker"),
        Stage("due", 0, "worker"),
        Stage("late", 7, "manager"),
    ),
    open=unmet,
    visible_to=lambda user: unmet().visible_to(user),
    owed_by=lambda user: unmet().visible_to(user).filter(owner=user.pk),
    responsible=lambda row: (None, row.decision.application.organisation),
    council=lambda row: row.decision.application.organisation.council,
    path=lambda object_id: reverse("carers:meet_condition", args=[object_id]),
    about=lambda: F("decision__application__household__label"),
    person="",
    organisation="decision__application__organisation",
    worker=lambda row: row.owner,
)
TRAINING = Deadline(
    name="carers.training",
    label="A carer’s training is to be renewed",
    model=Training,
    stages=STAGES,
    open=to_renew,
    visible_to=lambda user: to_renew().visible_to(user),
    owed_by=owed_by,
    responsible=lambda row: (None, row.carer.organisation),
    council=lambda row: row.carer.organisation.council,
    path=lambda object_id: reverse("carers:renew", args=[object_id]),
    about=lambda: Concat("course__name", Value(": "), name_of("carer"), output_field=TextField()),
    person="",
    organisation="carer__organisation",
    worker=lambda row: row.carer.worker,
)


def copies():
    return CarerCopy.objects.open().select_related("organisation__council")


COPY_DUE = Deadline(
    name="carers.copy_due",
    label="A carer’s copy of what is kept about them is to be handed over",
    model=CarerCopy,
    stages=(
        Stage("soon", -7, "manager"),
        Stage("due", 0, "manager"),
        Stage("late", 1, "manager"),
    ),
    open=copies,
    visible_to=lambda user: copies().visible_to(user),
    owed_by=lambda user: copies().visible_to(user),
    responsible=lambda row: (None, row.organisation),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("carers:copy", args=[object_id]),
    about=lambda: name_of("carer"),
    person="",
)


def to_look_at_again():
    return KeptApart.objects.holding().select_related("person", "organisation__council")


def apart_of_mine(user):
    """Those that the user's own organisation decided, about people whom they work with."""
    own = [membership.organisation_id for membership in user.current_memberships()]
    mine = worked_on_by(user, ("funds", "co_funds", "supports"))
    return to_look_at_again().read_by(user).filter(mine, organisation__in=own)


KEPT_APART = Deadline(
    name="carers.kept_apart",
    label="Whether two people may live together is to be looked at again",
    model=KeptApart,
    stages=(Stage("soon", -14, "worker"), Stage("due", 0, "worker"), Stage("late", 28, "manager")),
    open=to_look_at_again,
    visible_to=lambda user: to_look_at_again().read_by(user),
    owed_by=apart_of_mine,
    responsible=lambda row: (row.person, row.organisation),
    council=lambda row: row.organisation.council,
    path=lambda object_id: reverse("carers:kept_apart", args=[object_id]),
)
