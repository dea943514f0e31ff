"""A person's reviews on a line of time: what was met, met late or missed, and what comes. Drawn on the server."""

from datetime import timedelta

from django.template.loader import render_to_string

from sharedlives.charts import WIDTH, uid

LEFT, TOP, ROW = 24, 62, 52


def timeline(dues, today):
    """An SVG figure with its data as a table. `dues` of one person, any order; one row for each subject."""
    dues = sorted(dues, key=lambda due: (due.due_on, due.subject))
    first = min(min(due.due_on for due in dues), today) - timedelta(days=30)
    last = max(max(due.due_on for due in dues), today) + timedelta(days=30)
    room = WIDTH - 2 * LEFT

    def at(day):
        return round(LEFT + room * (day - first).days / (last - first).days, 1)

    subjects = list(dict.fromkeys(subject_of(due) for due in dues))
    marks = [
        {
            "x": at(due.due_on),
            "y": TOP + subjects.index(subject_of(due)) * ROW,
            "state": due.state,
        }
        for due in dues
    ]
    context = {
        "uid": uid(),
        "title": "Reviews over time",
        "width": WIDTH,
        "height": TOP + len(subjects) * ROW,
        "left": LEFT,
        "right": WIDTH - LEFT,
        "lines": [
            {"y": TOP + n * ROW, "text_y": TOP + n * ROW - 14, "words": words}
            for n, words in enumerate(subjects)
        ],
        "marks": marks,
        "years": [{"x": at(day), "words": day.year} for day in new_years(first, last)],
        "today_x": at(today),
        "description": f"{len(dues)} reviews from {dues[0].due_on:%-d %B %Y} to {dues[-1].due_on:%-d %B %Y}.",
        "key": labels(dues),
        "head": ["Due", "What", "How it stands"],
        "table": [
            (f"{due.due_on:%-d %B %Y}", due.get_absolute_url(), [due.what, due.get_state_display()])
            for due in dues
        ],
    }
    return render_to_string("reviews/timeline.html", context)


def subject_of(due):
    return due.service or due.get_subject_display()


def labels(dues):
    return list(dict.fromkeys((due.state, due.get_state_display()) for due in dues))


def new_years(first, last):
    return [first.replace(year=year, month=1, day=1) for year in range(first.year + 1, last.year + 1)]
