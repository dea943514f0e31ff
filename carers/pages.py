"""What the pages of homes and carers show, put together from queries."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from people.models import Person
from people.visibility import Level
from sharedlives import charts
from sharedlives.together import fetch

from . import rules
from .codes import ASKED_OF, EVERY_DAY, Claim, Part, weekday_names
from .models import (
    Approval,
    Carer,
    KeptApart,
    Requirement,
    RequirementKind,
    SameDwelling,
    Stay,
    TrainingCourse,
)
from .queries import Days, ahead, lapsed_for, lookups

PICTURE_DAYS = 42
FOUR_WEEKS = 28
SOMEBODY = "Another person"


def carers_of(on):
    """What to prefetch for the carers of homes, and what these are approved for on a day: two queries."""
    approvals = Prefetch("approvals", Approval.objects.current(on), to_attr="approvals_now")
    return Prefetch("carers", Carer.objects.active(on).prefetch_related(approvals), to_attr="carers_now")


def listed_homes(homes, on):
    """Homes with all that a line of the list shows."""
    return ahead(homes.select_related("council"), on).prefetch_related(carers_of(on))


def days_of(home):
    """The days of a home from today on, worked out once for its line."""
    if not hasattr(home, "days_ahead"):
        home.days_ahead = Days(home, timezone.localdate())
    return home.days_ahead


def approved_kinds(home):
    """What the carers of a home are approved for, in words, without conditions for one person."""
    names = [
        name for c in home.carers_now for a in c.approvals_now if not a.only_for_id for name in a.kind_names
    ]
    return ", ".join(dict.fromkeys(names)) or "Nobody yet"


def free_to_live(home):
    return days_of(home).free(Claim.HOME)


def free_nights(home):
    """How many of the next 28 nights have a place free."""
    days, today = days_of(home), timezone.localdate()
    return sum(days.on(today + timedelta(days=n)).free > 0 for n in range(FOUR_WEEKS))


def free_weekdays(home):
    """The weekdays on which a place is free on each of the next four weeks: Mon, Thu."""
    days, today = days_of(home), timezone.localdate()
    taken = {
        day.weekday()
        for day in (today + timedelta(days=n) for n in range(FOUR_WEEKS))
        if days.on(day).free == 0
    }
    mask = sum(1 << bit for bit in range(7) if bit not in taken)
    return "Every day" if mask == EVERY_DAY else ", ".join(n[:3] for n in weekday_names(mask)) or "None"


def access_words(home):
    have = (
        (home.step_free, "step-free"),
        (home.ground_floor_bedroom, "bedroom downstairs"),
        (home.wheelchair, "wheelchair"),
    )
    return ", ".join(words for has, words in have if has)


def home_page(home, user, today):
    """Everything about one home. People whom the user may not see are counted, without a name."""
    first = today - timedelta(days=today.weekday())
    known = Person.objects.visible_to(user, least=Level.SUPPORTS).filter(pk=OuterRef("person"))
    stays = Stay.objects.annotate(known=Exists(known))
    prefetch_related_objects([home], *lookups(first, stays=stays), carers_of(today))
    members = home.members.filter(Q(until=None) | Q(until__gt=today))
    to_join = SameDwelling.objects.to_join().filter(Q(kept=home) | Q(other=home))
    asked, done = RequirementKind.objects.all(), Requirement.objects.of_home(home)
    apart = decided_about(home.stays_ahead, user)
    fetch(members, to_join, asked, done, apart)
    days = Days(home, first)
    stays = [stay_line(stay) for stay in sorted(home.stays_ahead, key=lambda s: (s.period.lower, s.pk))]
    return {
        "home": home,
        "access": access_words(home),
        "stays": stays,
        "to_join": to_join,
        "apart": masked_lines(list(apart), home.stays_ahead),
        "seen": {stay.person_id for stay in home.stays_ahead if stay.known}
        | {one.pk for one in (*home.carers_now, *members)},
        "tonight": days.on(today),
        "picture": picture(home, stays, first, today),
        "coming": coming(home, days, first, today),
        "family": list(members),
        "requirements": requirement_lines(home, "household", asked, done, today)
        + [line for member in members for line in requirement_lines(member, "member", asked, done, today)],
    }


NOT_NAMED = "somebody with whom you do not work"


def line_of(row, persons, readable):
    """A decision to keep apart, told from the side of whoever of `persons` it is about; names only where both are read."""
    one, other = (row.person, row.other) if row.person_id in persons else (row.other, row.person)
    if other is None:
        return {"row": row, "words": f"{one} may live with nobody else who is supported"}
    return {"row": row, "words": f"{one} may not live with {other if readable else NOT_NAMED}"}


def apart_lines(rows, user, persons):
    """Decisions about persons whom the user sees, in words: [{row, words}]."""
    readable = set(rows.seen_whole_by(user).values_list("pk", flat=True))
    return [line_of(row, set(persons), row.pk in readable) for row in rows.select_related("person", "other")]


def decided_about(stays, user):
    """What is decided about those in a home, each row with which of the two the user sees."""
    seen = Person.objects.visible_to(user, least=Level.SUPPORTS)
    rows = KeptApart.objects.holding().about([stay.person_id for stay in stays])
    sees = {f"sees_{side}": Exists(seen.filter(pk=OuterRef(side))) for side in ("person", "other")}
    return rows.select_related("person", "other").annotate(**sees)


def masked_lines(rows, stays):
    """The same in words: of whoever lives there, those whom the user sees are named; of all others one line tells."""
    there, lines = {stay.person_id for stay in stays}, []
    for row in rows:
        sides = [(row.person_id, row.sees_person), (row.other_id, row.sees_other)]
        if named := [pk for pk, sees in sides if sees and pk in there]:
            readable = row.sees_person and (row.other_id is None or row.sees_other)
            lines.append(line_of(row, named[:1], readable))
    if len(lines) < len(rows):
        lines.append({"row": None, "words": "Somebody here may not live with certain others"})
    return lines


def stay_line(stay):
    shown = stay.person if stay.known else None
    return {
        "stay": stay,
        "person": shown,
        "who": str(shown) if shown else SOMEBODY,
        "weekdays": "" if stay.weekdays == EVERY_DAY else ", ".join(weekday_names(stay.weekdays)),
        "last_day": stay.last_day,
    }


def coming(home, days, first, today):
    """What is free in the six weeks of the picture: to live here, overnight on each day, and by day."""
    home.days_ahead = Days(home, today)
    weeks = [first + timedelta(days=7 * n) for n in range(PICTURE_DAYS // 7)]
    return {
        "live": home.days_ahead.free_from(),
        "weekdays": free_weekdays(home),
        "weeks": [
            (
                week,
                [
                    days.on(day).free if day >= today else None
                    for day in (week + timedelta(days=n) for n in range(7))
                ],
            )
            for week in weeks
        ],
        "kinds": approved_kinds(home),
    }


def picture(home, stays, first, today):
    """Six weeks of a home as rows of days."""
    days = [first + timedelta(days=n) for n in range(PICTURE_DAYS)]
    strips = []
    for line in stays:
        stay = line["stay"]
        kind = stay.state if stay.state in ("held", "found") else stay.claim
        claimed = {d: kind for d in days if rules.claims(stay, d)}
        if claimed:
            url = line["person"].get_absolute_url() if line["person"] else ""
            strips.append(charts.Strip(line["who"], claimed, url))
    for closure in home.closures_ahead:
        words = f"Not available: {closure.places}"
        strips.append(charts.Strip(words, {d: "closed" for d in days if rules.holds(closure.period, d)}))
    return charts.occupancy("The next six weeks", first, PICTURE_DAYS, strips, today=today) if strips else ""


def carer_page(carer, user, today):
    """What a carer is approved and trained for, and what lapses."""
    approvals = list(carer.approvals.select_related("only_for", "approved_by", "decision__meeting"))
    ties = list(carer.ties.current(today).select_related("person", "user"))
    named = {approval.only_for_id for approval in approvals} | {tie.person_id for tie in ties}
    seen = set(
        Person.objects.visible_to(user, least=Level.SUPPORTS)
        .filter(pk__in=named)
        .values_list("pk", flat=True)
    )
    for approval in approvals:
        approval.reach = reach(approval, seen)
    trainings = list(carer.trainings.select_related("course"))
    courses = TrainingCourse.objects.all()
    said = list(carer.availability.exclude(until__lte=today))
    asked, done, lapsed = RequirementKind.objects.all(), carer.requirements.all(), lapsed_for(carer, today)
    suspended = carer.suspensions.open()
    fetch(courses, asked, done, lapsed, suspended)
    latest = rules.latest(trainings)
    lines = [(course, latest.get(course.pk)) for course in courses]
    requirements = requirement_lines(carer, "carer", asked, done, today)
    return {
        "requirements": requirements,
        "lapsed": [row.what for row in lapsed],
        "suspended": suspended,
        "seen": seen,
        "ties": [(tie, close_to(tie, seen)) for tie in ties],
        "now": [a for a in approvals if a.holds(today)],
        "other_approvals": [a for a in approvals if not a.holds(today)],
        "training": [
            (course, training, rules.training_state(course, training, today))
            for course, training in lines
            if training or course.mandatory or course.for_emergencies
        ],
        "said": said,
        "week": week_of([row for row in said if row.since <= today]),
        "lapses": rules.lapses(approvals, courses, trainings, today)
        + [
            (line["title"], line["row"].due_on, line["state"])
            for line in requirements
            if line["row"] and line["state"] in ("lapsed", "expires_soon")
        ],
        "emergency": any(a.emergency for a in approvals if a.holds(today)),
        "emergency_lacks": rules.emergency_ready(approvals, courses, trainings, today),
    }


def week_of(said):
    """The week of a carer who said something about it: [(part of the day, [whether they can, Monday to Sunday])]."""
    if not said:
        return []
    out = rules.not_there(said)
    return [(part.label, [(day, part.value) not in out for day in range(7)]) for part in Part]


def requirement_lines(subject, about, asked, done, on):
    """What is asked of a carer, somebody of the family or a home, with the newest row of each and how it stands."""
    rows = [row for row in done if getattr(row, f"{about}_id") == subject.pk]
    newest = {row.kind_id: row for row in sorted(rows, key=lambda r: r.done_on or date.min)}
    young = about == "member" and not rules.of_age(subject.born_in, rules.ADULT_AT, on)
    lines = []
    for kind in asked:
        row = newest.get(kind.pk)
        if kind.about in ASKED_OF[about] and (row or not young):
            state = "waiting" if young and not row.done_on else rules.requirement_state(row, on)
            title = f"{kind} of {subject.given_name}" if about == "member" else str(kind)
            lines.append({"title": title, "row": row, "state": state, "about": about, "subject": subject})
    return lines


def reach(approval, seen):
    """Whom an approval is for, in words; a person whom the user may not see stays without a name."""
    if approval.only_for_id is None:
        return "Anybody"
    return f"Only {approval.only_for}" if approval.only_for_id in seen else "Only one person"


def close_to(tie, seen):
    """To whom a carer is close, in words; a person whom the user may not see stays without a name."""
    if tie.user_id:
        return tie.user.name
    return str(tie.person) if tie.person_id in seen else SOMEBODY


def listed_carers(carers, on):
    """Carers with all that a line of the list shows."""
    return carers.select_related("household").prefetch_related(
        Prefetch("approvals", Approval.objects.current(on), to_attr="approvals_now")
    )


def kinds_in_words(carer):
    names = [name for approval in carer.approvals_now for name in approval.kind_names]
    return ", ".join(dict.fromkeys(names)) or "Not approved"
