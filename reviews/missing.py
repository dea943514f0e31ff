"""What a meeting cannot be closed without, read out of its draft. Pure: no database, no clock."""

from . import rules
from .rules import as_date, words


def unrated(answers, prefix, rows):
    """The labels of the rows that have not both a rating and words where the rating asks for them."""
    return [label for key, label in rows if not answers.get(f"{prefix}-{key}-rating")]


def blocks_of(answers, prefix, parts):
    """What was typed in numbered blocks, as [[part, part, …]]; empty ones left out."""
    numbers = sorted({int(name.split("-")[1]) for name in answers if name.startswith(f"{prefix}-")})
    found = [[words(answers, f"{prefix}-{number}-{part}") for part in parts] for number in numbers]
    return [block for block in found if any(block)]


def changes_of(answers):
    """The changes agreed: [(what changes, who agreed, in what)]. In what: `plan`, or the id of a placement."""
    return [tuple(block) for block in blocks_of(answers, "change", ("words", "agreed", "of"))]


def actions_of(answers):
    """The new actions that were typed: [(words, owner, by)], empty blocks left out."""
    blocks = blocks_of(answers, "action", ("words", "owner", "by"))
    return [(said, owner, as_date(by)) for said, owner, by in blocks]


def missing(answers, asked):
    """Everything that a meeting still lacks, at once: [(section, refusal)].

    `answers` is the flat dictionary of the draft, `asked` what this review has to answer (`queries.Asked`).
    """
    return [
        *missing_meeting(answers, asked),
        *missing_views(answers, asked),
        *missing_ratings(answers, asked),
        *missing_decisions(answers, asked),
        *missing_next_date(answers, asked),
        *missing_return(answers, asked),
    ]


def missing_meeting(answers, asked):
    held = as_date(answers.get("held_on"))
    if held is None or held > asked.today or not answers.get("method"):
        yield "meeting", rules.HELD_DATE.broken()
    seen = as_date(answers.get("seen_on"))
    if seen is None or seen > asked.today or not words(answers, "seen_where") or not answers.get("seen_how"):
        yield "meeting", rules.SEEN.broken()
    unsaid = [
        name for key, name in asked.guests if key in asked.invited and not answers.get(f"attended-{key}")
    ]
    if unsaid:
        yield "people", rules.ATTENDANCE.broken(names=", ".join(unsaid))
    refused, known = words(answers, "advocate_refused"), words(answers, "refusal_capacity")
    if bool(refused) != bool(known):
        yield "people", rules.REFUSAL_WITH_CAPACITY.broken()
    present = any(answers.get(f"attended-{key}") == "yes" for key in asked.independent)
    if asked.reviewing_officer and not present and not (refused and known):
        yield "people", rules.NAMED_PERSON.broken()


def missing_views(answers, asked):
    if not words(answers, "persons_views") or not words(answers, "how_views_counted"):
        yield "views", rules.VIEWS.broken()
    if asked.carer and not words(answers, "carers_views"):
        yield "carer", rules.CARERS_VIEWS.broken()
    unanswered = [question for name, question in rules.S27_QUESTIONS.items() if not words(answers, name)]
    if unanswered:
        yield "care-act", rules.S27.broken(questions=" ".join(unanswered))


def missing_ratings(answers, asked):
    table = (
        ("outcomes", "outcome", asked.outcomes, rules.OUTCOMES_RATED),
        ("agreement", "requirement", asked.requirements, rules.REQUIREMENTS_RATED),
        ("incidents", "incident", asked.incidents, rules.INCIDENTS_CONSIDERED),
        ("earlier", "earlier", asked.earlier, rules.EARLIER_ACTIONS),
    )
    for section, prefix, rows, rule in table:
        lacking = unrated(answers, prefix, rows)
        lacking += [
            label for key, label in rows if label not in lacking and unexplained(answers, prefix, key)
        ]
        if lacking:
            yield section, rule.broken(names="; ".join(lacking))


def unexplained(answers, prefix, key):
    """Considered, given up, or put off, without a word about it."""
    rating = answers.get(f"{prefix}-{key}-rating")
    return rating in ("considered", "gave_up", "not_yet") and not words(answers, f"{prefix}-{key}-words")


def missing_decisions(answers, asked):
    if not words(answers, "options_explained") or not answers.get("options_format"):
        yield "options", rules.OPTIONS.broken()
    if changes_unfit(answers, asked):
        yield "changes", rules.CHANGES_AGREED.broken()
    if answers.get("outcome") == "no_change" and not words(answers, "why_as_now"):
        yield "decision", rules.AS_NOW.broken()
    if not answers.get("outcome"):
        yield "decision", rules.OUTCOME.broken()
    for said, owner, by in actions_of(answers):
        if not (said and owner and by):
            yield "actions", rules.ACTION_OWNED.broken(words=said or "…")


def missing_next_date(answers, asked):
    chosen, held = as_date(answers.get("next_due_on")), as_date(answers.get("held_on"))
    if chosen is None or not words(answers, "next_due_why"):
        yield "decision", rules.NEXT_DATE.broken()
    elif held is not None:
        latest = asked.latest_next(held)
        if not held < chosen <= latest:
            yield "decision", rules.NEXT_WITHIN.broken(latest=f"{latest.day} {latest:%B %Y}")


def changes_unfit(answers, asked):
    """A change is not complete; or the outcome says that something changes and nothing is written, or the reverse."""
    changes, outcome = changes_of(answers), answers.get("outcome")
    known = {"plan", *(key for key, _label in asked.agreements)}
    complete = all(said and agreed and of in known for said, agreed, of in changes)
    return not complete or bool(outcome) and bool(changes) == (outcome == "no_change")


def missing_return(answers, asked):
    """Three answers of every review in England, and a fourth of a planned one."""
    if not asked.returned:
        return
    reason = answers.get("return_reason")
    lacking = not (reason and answers.get("return_method") and answers.get("return_outcome"))
    if lacking or (reason == "planned") != bool(answers.get("return_achieved")):
        yield "return", rules.RETURN.broken()
