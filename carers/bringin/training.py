"""The courses that carers have done: one row for each carer and course."""

from carers import actions
from carers.models import Training, TrainingCourse
from people.models import Organisation
from sharedlives.bringin import cells
from sharedlives.bringin.kinds import Column, Kind, here, mend, new
from sharedlives.permissions import Permission

from .finding import WHICH, find

COLUMNS = (
    *WHICH,
    Column("course", "Course", cells.words(120), needed=True, others=("training", "course name"), what="As it is called in Administration.", example="First aid"),
    Column("done_on", "Done on", cells.past_day, needed=True, others=("date", "completed on", "date completed"), example="4/5/2025"),
)  # fmt: skip


def courses():
    return {
        word: c for c in TrainingCourse.objects.all() for word in (cells.plain(c.name), cells.plain(c.slug))
    }


def check(rows, scope):
    scheme, known = Organisation.objects.get(pk=scope.organisation_id), courses()
    return [finding(row, scheme, known, scope.today) for row in rows]


def finding(row, scheme, known, today):
    carer, problems = find(row, scheme, today)
    course = known.get(cells.plain(row["course"]))
    if course is None:
        problems = problems | {"course": f"There is no course “{row['course']}”. Write one of: {'; '.join(sorted({c.name for c in known.values()}))}."}  # fmt: skip
    if problems:
        return mend(**problems)
    done = Training.objects.filter(carer=carer, course=course, done_on=row["done_on"]).first()
    return here("This course is recorded for that day already.", done.pk) if done else new()


def bring(row, scope):
    carer, _problems = find(row, Organisation.objects.get(pk=scope.organisation_id), scope.today)
    course = courses()[cells.plain(row["course"])]
    return actions.record_training(carer=carer, course=course, done_on=row["done_on"], by=scope.by)


Kind(
    slug="training",
    title="Training",
    noun=("training", "trainings"),
    about="Courses that your carers have done. How long each lasts comes from the course.",
    permission=Permission.BRING_IN_HOMES,
    columns=COLUMNS,
    order=5,
    check=check,
    bring=bring,
    key=lambda row: (
        *(row[column.key] and cells.plain(row[column.key]) for column in WHICH),
        cells.plain(row["course"]), row["done_on"],
    ),
)  # fmt: skip
