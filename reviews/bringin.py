"""Last reviews, held before the records came here: each sets when the next one is due."""

from people.bringin.finding import WHO
from people.bringin.finding import find as find_person
from placements.models import Placement
from reviews.actions.brought_in import count_from_last, last_round
from reviews.models import ReviewDue, ReviewSubject
from sharedlives.bringin import cells
from sharedlives.bringin.kinds import Column, Kind, here, mend, new
from sharedlives.permissions import Permission

Subject = ReviewDue.Subject
WORDS = {"plan": "plan", "care plan": "plan", "care and support plan": "plan", "placement": "placement", "placement agreement": "placement", "agreement": "placement", "both": "both", "all": "both"}  # fmt: skip


def what(said):
    """A cell as what was reviewed: plan, placement or both. Raises BadCell."""
    found = WORDS.get(cells.plain(said))
    if found is None:
        raise cells.BadCell(f"“{said}” is not known here. Write plan, placement or both.")
    return found


COLUMNS = (
    *WHO,
    Column("held_on", "Last review", cells.past_day, needed=True, others=("held on", "last reviewed", "review date", "date of last review", "last review date"), what="The day of the last meeting.", example="3/2/2026"),
    Column("what", "What was reviewed", what, others=("what", "subject"), what="Plan, placement or both; both unless said.", example="both"),
    Column("due_on", "It had been due", cells.day, others=("due on", "was due"), what="If known. The next review counts from the sooner of the two days.", example="1/2/2026"),
    Column("next_on", "Next agreed for", cells.day, others=("next review", "next review date", "next due"), what="A sooner date, if one was agreed.", example=""),
)  # fmt: skip


def check(rows, scope):
    return [finding(row, scope) for row in rows]


def subjects_of(person, said):
    """[(subject, placement)] that a last review was about: the plan, and the agreement of each running placement."""
    found = [(Subject.CARE_PLAN, None)] if said != "placement" else []
    if said != "plan":
        running = Placement.objects.filter(person=person, state=Placement.State.ACTIVE).order_by(
            "starts_on", "pk"
        )
        found += [(Subject.PLACEMENT_AGREEMENT, placement) for placement in running]
    return found


def finding(row, scope):
    person, problems = find_person(row, scope)
    if problems:
        return mend(**problems)
    if person.date_of_death:
        return mend(row="This person has died. Leave the row out, with that as the reason.")
    subjects = subjects_of(person, row["what"] or "both")
    if not subjects:
        return mend(what="No placement of this person is on our records. Bring it in first, or write plan.")
    due = {(d.subject, d.placement_id): d for d in ReviewDue.objects.open().filter(person=person)}
    opened = [due.get((subject, placement and placement.pk)) for subject, placement in subjects]
    counted = last_round(person, row["held_on"], row["due_on"])
    if all(one and not one.is_first and one.counted_from >= counted for one in opened):
        return here("The next review is counted from this one already, or from a later one.", opened[0].pk)
    planned = ReviewSubject.objects.filter(
        due__in=[one for one in opened if one], outcome__in=["planned", "awaiting"]
    )
    if planned.exists():
        return mend(
            row="A review meeting is arranged here already. Leave the row out, or let the meeting be held first."
        )
    return new()


def bring(row, scope):
    person, _problems = find_person(row, scope)
    counted = last_round(person, row["held_on"], row["due_on"])
    made = []
    for subject, placement in subjects_of(person, row["what"] or "both"):
        held = ReviewDue.objects.open().filter(
            person=person, subject=subject, placement=placement, is_first=False, counted_from__gte=counted
        )  # fmt: skip
        made += held[:1] or [
            count_from_last(
                person=person, subject=subject, placement=placement, held_on=row["held_on"], due_on=row["due_on"],
                agreed_on=row["next_on"], by=scope.by,
            )
        ]  # fmt: skip
    return made[0]


Kind(
    slug="reviews",
    title="Last reviews",
    noun=("last review", "last reviews"),
    about="When each person was last reviewed, so that the next date is counted from it. Bring placements in first.",
    permission=Permission.BRING_IN_PEOPLE,
    columns=COLUMNS,
    order=7,
    check=check,
    bring=bring,
    key=lambda row: tuple(row[column.key] and cells.plain(row[column.key]) for column in WHO) + (row["held_on"], row["what"]),
)  # fmt: skip
