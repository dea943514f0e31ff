"""What falls due on this floor."""

from django.urls import reverse

from sharedlives.worklist.deadlines import Deadline, Stage

from .models import PlanShare, Reassessment, ShareOwed, Wish, own_organisations
from .queries import worked_on_by


def waiting():
    return PlanShare.objects.waiting().select_related("person", "scheme", "plan__organisation__council")


def owed_by(user):
    """Plans sent to the user's own schemes, about people whom the user works with."""
    mine = waiting().visible_to(user).filter(scheme__in=own_organisations(user))
    return mine.filter(worked_on_by(user, ("supports", "referred")))


def waits_for(user):
    """Plans of the user's own people that schemes have yet to acknowledge."""
    return waiting().visible_to(user).filter(worked_on_by(user, ("funds", "co_funds")))


PLAN_ACKNOWLEDGEMENT = Deadline(
    name="careplans.plan_acknowledgement",
    label="A care plan is to be read and acknowledged",
    model=PlanShare,
    stages=(
        Stage("sent", -5, "worker"),
        Stage("due", 0, "worker"),
        Stage("late", 3, "manager"),
    ),
    open=waiting,
    visible_to=lambda user: waiting().visible_to(user),
    owed_by=owed_by,
    responsible=lambda share: (share.person, share.scheme),
    council=lambda share: share.plan.organisation.council,
    path=lambda object_id: reverse("careplans:acknowledge", args=[object_id]),
    person="person",
    organisation="scheme",
    waits_for=waits_for,
)


def to_share():
    return ShareOwed.objects.waiting().select_related("person", "scheme", "plan__organisation__council")


PLAN_TO_SHARE = Deadline(
    name="careplans.plan_to_share",
    label="A new version of a care plan is to be given to a scheme",
    model=ShareOwed,
    stages=(
        Stage("signed", -5, "worker"),
        Stage("due", 0, "worker"),
        Stage("late", 3, "manager"),
    ),
    open=to_share,
    visible_to=lambda user: to_share().visible_to(user),
    owed_by=lambda user: to_share().visible_to(user).filter(worked_on_by(user, ("funds", "co_funds"))),
    responsible=lambda owed: (owed.person, owed.plan.organisation),
    council=lambda owed: owed.plan.organisation.council,
    path=lambda object_id: reverse("careplans:share_owed", args=[object_id]),
    person="person",
    organisation="plan__organisation",
)


def open_wishes():
    return Wish.objects.open().select_related("person__responsible_council", "organisation", "owner")


def open_reassessments():
    return Reassessment.objects.open().select_related("person__responsible_council", "organisation", "owner")


def owned_work(name, label, model, rows, address):
    """A deadline of rows that name their own owner: told first the owner, when late the manager."""
    return Deadline(
        name=name,
        label=label,
        model=model,
        stages=(Stage("soon", -7, "worker"), Stage("due", 0, "worker"), Stage("late", 7, "manager")),
        open=rows,
        visible_to=lambda user: rows().visible_to(user),
        owed_by=lambda user: rows().visible_to(user).filter(owner=user.pk),
        responsible=lambda row: (row.person, row.organisation),
        council=lambda row: row.person.responsible_council,
        path=lambda object_id: reverse(address, args=[object_id]),
        waits_for=lambda user: (
            rows().visible_to(user).filter(worked_on_by(user, ("funds", "co_funds"))).exclude(owner=user.pk)
        ),
        worker=lambda row: row.owner,
    )


WISH = owned_work(
    "careplans.wish", "A wish or a change is to be seen to", Wish, open_wishes, "careplans:wish"
)
REASSESSMENT = owned_work(
    "careplans.reassessment",
    "A reassessment after a major change is due",
    Reassessment,
    open_reassessments,
    "careplans:reassessment",
)
