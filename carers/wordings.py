"""The words of the letters that this floor writes."""

from sharedlives.worklist.wordings import Shipped

PANEL_LETTER = Shipped(
    slug="panel_letter",
    title="Letter: what the panel decided",
    subject="The decision of our panel",
    body="""Thank you for the time that you gave us, and for how openly you spoke.

{decision}

If something in this letter is not clear, ring {scheme}. We go through it with you.""",
    more={
        "decision": "what was decided, why, on what conditions, and until when they may appeal",
        "scheme": "the name of the scheme",
    },
    sample={
        "decision": "What the panel decided: approved for short breaks from 12 March 2027.",
        "scheme": "Harbour Shared Lives",
    },
    around="decision",
)
