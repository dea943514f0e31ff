"""The review form as data: one thing a page. The same questions head the record, on screen, on paper and as text.

Answers are one flat dictionary: the draft keeps it, `missing.py` reads it, `actions.hold` writes it down.
Sections with `rows` ask the same of each row: `outcome-<id>-rating`, `outcome-<id>-words`.
"""

from dataclasses import dataclass

from . import codes
from .models import Review
from .rules import S27_QUESTIONS

CONSIDERED = [("considered", "Considered")]
YES_NO = [("yes", "Yes"), ("no", "No")]


@dataclass(frozen=True)
class Question:
    """One question. `kind` is text, line, date or choice; what was answered last time stands beside it."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: tuple | list | type = ()
    optional: bool = False


@dataclass(frozen=True)
class Rows:
    """The same two questions of each row of `Asked.<of>`, under a prefix."""

    prefix: str
    of: str
    choices: tuple | list | type
    label: str
    words: str


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    slug: str
    title: str
    hint: str = ""
    questions: tuple = ()
    rows: Rows | None = None
    none: str = ""


SECTIONS = (
    Section(
        "meeting",
        "The meeting",
        "A review is not done on paper: the person is met.",
        (
            Question("held_on", "On which day was the review held?", "date"),
            Question("method", "How was it held?", "choice", choices=codes.HeldHow),
            Question("seen_on", "On which day was the person seen?", "date"),
            Question(
                "seen_where", "Where was the person seen?", "line", "For example, at home in Mill Lane."
            ),
            Question("seen_how", "How was the person seen?", "choice", choices=codes.SeenHow),
        ),
    ),
    Section(
        "people",
        "Who was there",
        "With a reviewing officer an independent named person or advocate must be there, unless the person refused one.",
        (
            Question(
                "advocate_refused",
                "If the person refused a named person or advocate: what did they say?",
                hint="Leave empty when somebody was there.",
                optional=True,
            ),
            Question(
                "refusal_capacity",
                "How do you know that they could decide this for themselves?",
                optional=True,
            ),
        ),
        rows=Rows("attended", "guests", YES_NO, "was there", ""),
    ),
    Section(
        "views",
        "What the person said",
        "Words, signs, pictures, or what they showed by what they did.",
        (
            Question("persons_views", "What did the person say or show?"),
            Question(
                "how_views_counted",
                "What did it change?",
                hint="How their views counted in what was decided.",
            ),
        ),
    ),
    Section(
        "carer",
        "What the Shared Lives carer said",
        "In the carer’s own words. Carers know the person best.",
        (Question("carers_views", "What did the carer say?"),),
    ),
    Section(
        "care-act",
        "The four questions of the Care Act",
        "Section 27: every review answers all four.",
        tuple(Question(name, label) for name, label in S27_QUESTIONS.items()),
    ),
    Section(
        "outcomes",
        "The outcomes of the plan",
        rows=Rows(
            "outcome", "outcomes", codes.Rating, "How far has it been reached?", "How did the support help?"
        ),
        none="The plan has no outcomes to rate at this meeting.",
    ),
    Section(
        "agreement",
        "The placement agreement",
        rows=Rows(
            "requirement", "requirements", codes.Rating, "How far has it been kept?", "What is in the way?"
        ),
        none="There is no signed agreement to rate at this meeting.",
    ),
    Section(
        "incidents",
        "Emergencies and incidents since the last review",
        rows=Rows("incident", "incidents", CONSIDERED, "Considered at this meeting?", "What was made of it?"),
        none="None is on record for this time.",
    ),
    Section(
        "earlier",
        "Actions agreed earlier",
        rows=Rows(
            "earlier", "earlier", codes.Standing, "How does it stand?", "Say more, or why it was given up"
        ),
        none="There are none to account for.",
    ),
    Section(
        "options",
        "Options for change",
        "People do not always know that things could be different. Explain it in a way the person understands.",
        (
            Question("options_explained", "Which options were explained?"),
            Question("options_format", "In which format?", "choice", choices=codes.Format),
            Question(
                "persons_preference",
                "What would the person choose?",
                "choice",
                choices=codes.Options,
                optional=True,
            ),
        ),
    ),
    Section(
        "actions",
        "Actions agreed",
        "Each needs somebody who sees to it, and a day. Leave a block empty if you do not need it.",
    ),
    Section(
        "changes",
        "Changes agreed",
        "Each opens a draft version of what it changes, for those to sign who sign it. Leave a block empty if you do not need it.",
    ),
    Section(
        "decision",
        "The decision and the next date",
        questions=(
            Question("outcome", "What is the outcome?", "choice", choices=Review.Outcome),
            Question(
                "why_as_now",
                "If nothing changes: which options were considered, and why as now?",
                optional=True,
            ),
            Question("decisions", "What was decided, and why?", optional=True),
            Question("next_due_on", "When is the next review?", "date"),
            Question("next_due_why", "Why then?", hint="For example, what may change before that."),
        ),
    ),
    Section(
        "return",
        "The national return",
        "Client Level Data: every council in England answers these of each review. “Carer” means an unpaid carer here.",
        (
            Question("return_reason", "Why was this review held?", "choice", choices=codes.ReturnReason),
            Question("return_method", "Who took part?", "choice", choices=codes.ReturnMethod),
            Question(
                "return_achieved",
                "How far were the outcomes reached?",
                "choice",
                "Of a planned review alone.",
                codes.Achieved,
                optional=True,
            ),
            Question("return_outcome", "What follows from it?", "choice", choices=codes.ReturnOutcome),
        ),
        none="The return is for councils in England. Nothing is asked here.",
    ),
)
BY_SLUG = {section.slug: section for section in SECTIONS}


def after(section):
    """The section that follows, or None after the last."""
    number = SECTIONS.index(section) + 1
    return SECTIONS[number] if number < len(SECTIONS) else None


def rows_of(section, asked):
    """The (key, label) rows that a section asks about at this meeting."""
    return getattr(asked, section.rows.of) if section.rows else ()


def is_empty(section, asked):
    """Nothing to answer there at this meeting."""
    if section.slug == "return":
        return not asked.returned
    return section.rows is not None and not section.questions and not rows_of(section, asked)


def label_of(question, value):
    """An answer in words."""
    if question.kind == "choice":
        return dict(getattr(question.choices, "choices", question.choices)).get(value, value)
    return value
