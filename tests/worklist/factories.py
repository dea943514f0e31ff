"""Reviews due for tests of the clock: a real table, written straight, with a ladder of their own."""

from datetime import date, timedelta

from people.models import Person
from reviews.models import ReviewDue, ReviewPolicy
from sharedlives.worklist import ladders
from sharedlives.worklist.deadlines import REGISTRY, Deadline, Stage

NAME = "tests.review_due"
STAGES = (
    Stage("six weeks before", -42),
    Stage("two weeks before", -14),
    Stage("due today", 0),
    Stage("a week late", 7, "manager"),
    Stage("four weeks late", 28, "manager"),
)


def declare(stages=STAGES, **changes):
    """Declare the deadline that these tests look at."""

    def owed_by(user):
        return ReviewDue.objects.open().filter(
            person__in=Person.objects.visible_to(user).values("pk"), person__involvements__worker=user
        )

    facts = {
        "name": NAME,
        "label": "A review is due",
        "model": ReviewDue,
        "stages": stages,
        "open": lambda: ReviewDue.objects.open().select_related("person", "organisation__council"),
        "visible_to": lambda user: ReviewDue.objects.open().visible_to(user),
        "owed_by": owed_by,
        "responsible": lambda row: (row.person, row.organisation),
        "council": lambda row: row.organisation.council,
        "path": lambda pk: f"/reviews/due/{pk}/",
    } | changes
    return Deadline(**facts)


def due(person, team, due_on, **facts):
    """A first review of the care plan, as the action leaves it: with the date of its first stage."""
    policy = ReviewPolicy.objects.order_by("in_force_from").first() or ReviewPolicy.objects.create(
        in_force_from=date(2020, 1, 1)
    )
    facts = {
        "subject": "care_plan",
        "policy": policy,
        "counted_from": due_on - timedelta(days=56),
        "first_due_on": due_on,
        "next_stage_on": ladders.first_stage_on(STAGES, due_on),
    } | facts
    return ReviewDue.objects.create(person=person, organisation=team, due_on=due_on, **facts)


def only(deadline):
    """Leave one deadline in the registry. Returns what was there."""
    before = dict(REGISTRY)
    REGISTRY.clear()
    REGISTRY[deadline.name] = deadline
    return before
