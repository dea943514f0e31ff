"""What falls due on this floor: the review itself, its record, and what was agreed at it."""

from django.db.models import Case, Q, TextField, When
from django.db.models.functions import Left
from django.urls import reverse

from people.queries import worked_on_by
from placements.models.scope import own_schemes
from sharedlives.worklist import calendars
from sharedlives.worklist.deadlines import Deadline, Stage, in_words

from .models import RecordOwed, Review, ReviewAction, ReviewDue, ReviewWanted

AROUND_A_REVIEW = (
    Stage("first_notice", -42, "worker"),
    Stage("second_notice", -14, "worker"),
    Stage("due", 0, "worker"),
    Stage("late", 7, "manager"),
    Stage("very_late", 28, "manager"),
)
AROUND_A_WISH = (
    Stage("opened", -60, "worker"),
    Stage("due", 0, "worker"),
    Stage("late", 7, "manager"),
    Stage("very_late", 21, "manager"),
)
AROUND_AN_ACTION = (Stage("soon", -7, "worker"), Stage("due", 0, "worker"), Stage("late", 14, "manager"))
AROUND_A_RECORD = (Stage("soon", -3, "worker"), Stage("due", 0, "worker"), Stage("late", 5, "manager"))


# -- Reviews -------------------------------------------------------------------------------------


def dues():
    return ReviewDue.objects.open().select_related("person__responsible_council", "organisation__council")


def dues_of(user):
    """Those of the user's own people, and those of meetings that are theirs to hold."""
    held_by_me = Review.objects.scheduled().filter(reviewer=user.pk, subjects__due__isnull=False)
    own = ReviewDue.objects.open().filter(worked_on_by(user)).order_by().values("pk")
    mine = own.union(
        held_by_me.order_by().values("subjects__due")
    )  # each by its own index; an OR would read them all
    return dues().visible_to(user).filter(pk__in=mine)


REVIEW_DUE = Deadline(
    name="reviews.review_due",
    label="A review is due",
    model=ReviewDue,
    stages=AROUND_A_REVIEW,
    open=dues,
    visible_to=lambda user: dues().visible_to(user),
    owed_by=dues_of,
    responsible=lambda due: (due.person, due.organisation),
    council=lambda due: due.organisation.council or due.person.responsible_council,
    path=lambda object_id: reverse("reviews:due", args=[object_id]),
    about=lambda: Case(
        When(service="", then=in_words("subject", ReviewDue.Subject)),
        default="service",
        output_field=TextField(),
    ),
)


def wanted():
    return ReviewWanted.objects.open().select_related("person__responsible_council", "organisation__council")


def asked_by_the_scheme_of(user):
    """What the user's scheme asked of the council, for those whom the user supports."""
    supported = worked_on_by(user, roles=("supports",))
    return wanted().visible_to(user).filter(supported, taken_by__in=own_schemes(user))


REVIEW_WANTED = Deadline(
    name="reviews.review_wanted",
    label="A review is wanted before its date",
    model=ReviewWanted,
    stages=AROUND_A_WISH,
    open=wanted,
    visible_to=lambda user: wanted().visible_to(user),
    owed_by=lambda user: wanted().visible_to(user).filter(worked_on_by(user)),
    waits_for=asked_by_the_scheme_of,
    responsible=lambda row: (row.person, row.organisation),
    council=lambda row: row.organisation.council or row.person.responsible_council,
    path=lambda object_id: reverse("reviews:wanted", args=[object_id]),
)


# -- Records -------------------------------------------------------------------------------------


def records():
    return RecordOwed.objects.open().select_related("person", "organisation__council", "review__reviewer")


def records_of(user):
    """Whoever held the review sends its record; so may the person's named worker."""
    return records().visible_to(user).filter(Q(review__reviewer=user.pk) | Q(worked_on_by(user)))


RECORD_TO_SEND = Deadline(
    name="reviews.record_to_send",
    label="The record of a review is to be sent",
    model=RecordOwed,
    stages=AROUND_A_RECORD,
    open=records,
    visible_to=lambda user: records().visible_to(user),
    owed_by=records_of,
    responsible=lambda owed: (owed.person, owed.organisation),
    council=lambda owed: owed.organisation.council,
    path=lambda object_id: reverse("reviews:record_owed", args=[object_id]),
    worker=lambda owed: owed.review.reviewer,
)


# -- Meetings ------------------------------------------------------------------------------------


@calendars.meetings
def meetings_to_hold(user):
    """The meetings that are this user's to hold, for their calendar."""
    rows = Review.objects.visible_to(user).scheduled().filter(reviewer=user.pk).select_related("person")
    for row in rows:
        reference, path = row.person.reference, reverse("reviews:review", args=[row.pk])
        yield calendars.Meeting(
            f"reviews.meeting-{row.pk}", reference, row.planned_on, path, row.planned_at, row.version
        )


# -- Actions -------------------------------------------------------------------------------------


def to_do():
    return ReviewAction.objects.open().select_related("person", "organisation__council", "owner")


def actions_of(user):
    """Those in the user's own name; and of the user's people those whose owner does not work here."""
    return to_do().visible_to(user).filter(Q(owner=user.pk) | Q(worked_on_by(user), owner=None))


def actions_of_others(user):
    """What others promised for the user's own people."""
    return to_do().visible_to(user).filter(worked_on_by(user), owner__isnull=False).exclude(owner=user.pk)


REVIEW_ACTION = Deadline(
    name="reviews.review_action",
    label="Something agreed at a review is due",
    model=ReviewAction,
    stages=AROUND_AN_ACTION,
    open=to_do,
    visible_to=lambda user: to_do().visible_to(user),
    owed_by=actions_of,
    responsible=lambda action: (action.person, action.organisation),
    council=lambda action: action.organisation.council,
    path=lambda object_id: reverse("reviews:action", args=[object_id]),
    about=lambda: Left("words", 80),
    waits_for=actions_of_others,
    worker=lambda action: action.owner,
)
