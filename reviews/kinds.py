"""What each kind of meeting about a person is, in plain words: people and carers are unclear about it (source S1).

Short sentences, a picture beside each kind. Numbers come from the policy of the council.
"""

from dataclasses import dataclass

WEEK = 7


@dataclass(frozen=True)
class Kind:
    """One kind of meeting: `lines` are for the person, `asks` is the rule behind it, for everybody else."""

    easy: str
    picture: str
    lines: tuple[str, ...]
    asks: str


KINDS = (
    Kind(
        "The review of my care plan",
        "heart",
        (
            "We talk about my whole life and all my support.",
            "My care manager from the council leads it.",
            "The first one is {weeks} after I move in.",
            "After that it is at least once in {months}.",
            "I choose who comes. I can ask for it sooner.",
        ),
        "The council's duty under the Care Act 2014, s27; every service in the plan is looked at.",
    ),
    Kind(
        "The review of my Shared Lives agreement",
        "hands",
        (
            "We talk about living with my carer.",
            "Does each of us do what we agreed?",
            "My carer and the scheme worker come too.",
            "Often this is one meeting with my care plan review.",
        ),
        "Each requirement of the placement agreement is looked at; one meeting may do both, and each keeps its own date.",
    ),
    Kind(
        "A visit from the scheme",
        "sun",
        (
            "The scheme worker comes to see how things are.",
            "They come more often at the start.",
            "I can talk to them alone.",
            "This is not a review. It does not change my plan.",
        ),
        "Monitoring by the scheme. What it finds and the council should know becomes a change noticed, with an answer.",
    ),
    Kind(
        "My carer's own review",
        "star",
        (
            "The scheme talks with my carer about their work.",
            "They may ask me what I think.",
            "It is not about my plan.",
        ),
        "Yearly, by the scheme: approval, training, breaks. A plan is not changed there.",
    ),
    Kind(
        "A meeting because something changed",
        "speech",
        (
            "Something big happened. Or I asked for a meeting.",
            "We do not wait for the next date.",
            "Anyone can ask: me, my family, my carer, the scheme.",
        ),
        "An unplanned review, or one asked for: Care Act 2014, s27(1)(b). Whoever asks gets an answer with its reason.",
    ),
)


def kinds_for(policy):
    """[(kind, its lines with the numbers of a policy)]: days as weeks where they are whole weeks."""
    days, months = policy.first_review_days, policy.interval_months
    weeks = f"{days // WEEK} weeks" if days % WEEK == 0 else f"{days} days"
    facts = {"weeks": weeks, "months": "a year" if months == 12 else f"{months} months"}
    return [(kind, [line.format(**facts) for line in kind.lines]) for kind in KINDS]
