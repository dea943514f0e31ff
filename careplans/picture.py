"""The week as a picture: who supports when, and what rests on the carer alone. Drawn on the server, with its table."""

from django.template.loader import render_to_string

from sharedlives.charts import WIDTH, shortened, uid

from .models import WEEKDAYS
from .timetable import DAY, MORNING, NIGHT, hours_alone

LEFT, RIGHT, TOP, HIGH, GAP = 100, 70, 34, 30, 8
CARER = "The carer"
CANNOT = "The carer cannot support"
STRIP = 6  # how high the strip beneath a day is


def week(timetable, clashes=()):
    """An SVG figure of a `Timetable`: a row for each day, a lettered bar for each stretch of support.

    A strip beneath marks where it clashes (`clashes.Clash`) with what the carer said; the table says it in words.
    """
    marked = [stretch for clash in clashes for stretch in clash.stretches]
    alone = hours_alone(timetable)
    names = list(dict.fromkeys(slot.who for slot in timetable.slots))
    letter = {name: chr(ord("A") + number % 26) for number, name in enumerate(names)}
    context = {
        "uid": uid(),
        "title": "The week, and who supports when",
        "width": WIDTH,
        "height": TOP + 7 * (HIGH + GAP),
        "left": LEFT,
        "room": WIDTH - LEFT - RIGHT,
        "high": HIGH,
        "value_x": WIDTH - RIGHT + 10,
        "lives_in": timetable.lives_in,
        "ticks": [{"x": at(hour * 60), "words": f"{hour}:00"} for hour in (0, 6, 12, 18, 24)],
        "rows": [row(day, timetable, alone, letter) | {"marks": marks(day, marked)} for day in range(7)],
        "has_marks": bool(marked),
        "bottom": TOP + 7 * (HIGH + GAP) - GAP,
        "night": [at(MORNING), at(NIGHT)],
        "description": in_words(alone),
        "key": [(letter[name], shortened(name, 60)) for name in names],
        "alone": alone,
        "head": [
            "Day",
            "Who supports when",
            "Hours of the day on the carer alone",
            *([CANNOT] if marked else []),
        ],
        "table": [
            (
                name,
                "",
                [spans(day, timetable), f"{alone.each_day[day]:g}", *([said(day, marked)] if marked else [])],
            )
            for day, name in enumerate(WEEKDAYS)
        ],
    }
    return render_to_string("careplans/week.html", context)


def at(minute):
    return round(LEFT + (WIDTH - LEFT - RIGHT) * minute / DAY, 1)


def row(day, timetable, alone, letter):
    top = TOP + day * (HIGH + GAP)
    return {
        "name": WEEKDAYS[day],
        "y": top,
        "text_y": top + 20,
        "hours": f"{alone.each_day[day]:g} h",
        "bars": [
            {
                "x": at(slot.start),
                "width": round(at(slot.end) - at(slot.start), 1),
                "text_x": round((at(slot.start) + at(slot.end)) / 2, 1),
                "letter": letter[slot.who],
                "carer": slot.kind == "shared_lives",
            }
            for slot in timetable.slots
            if slot.weekday == day
        ],
    }


def marks(day, marked):
    """The strips beneath one day."""
    top = TOP + day * (HIGH + GAP) + HIGH - STRIP
    return [
        {"x": at(start), "y": top, "width": round(at(end) - at(start), 1), "high": STRIP}
        for weekday, start, end in marked
        if weekday == day
    ]


def said(day, marked):
    """When the carer cannot support on one day, though it rests on them."""
    found = [f"{clock(start)} to {clock(end)}" for weekday, start, end in sorted(marked) if weekday == day]
    return "; ".join(found)


def spans(day, timetable):
    found = [
        f"{slot.who} {clock(slot.start)} to {clock(slot.end)}"
        for slot in timetable.slots
        if slot.weekday == day
    ]
    if timetable.lives_in:
        found.append(f"{CARER} the rest of the day" if found else f"{CARER} all day")
    return "; ".join(found) or "Nobody"


def clock(minute):
    return f"{minute // 60}:{minute % 60:02d}"


def in_words(alone):
    return (
        f"{alone.by_day:g} hours a week by day, 7 in the morning to 10 at night, rest on the carer alone, "
        f"and {alone.by_night:g} hours by night."
    )
