"""What flags say on screen: what is wrong, what mends it, and which document asks for it."""

from dataclasses import dataclass

from sharedlives.worklist.deadlines import REGISTRY as DEADLINES
from sharedlives.worklist.gaps import REGISTRY as GAPS

from .models import Flag

NET = "SCIE At a glance 02: people must be on the information system, so that nobody falls through the net"


@dataclass(frozen=True)
class Words:
    """What one flag says."""

    says: str
    mends: str
    source: str


OF_KIND = {
    Flag.Kind.NOT_ON_OUR_RECORDS: Words(
        "Somebody on a list is not on our records.",
        "Find out who it is and which team is responsible, and put them on our records; or say why they are not ours.",
        NET,
    ),
    Flag.Kind.POSSIBLE: Words(
        "Somebody on a list may be on our records.",
        "Compare the two side by side, and decide whether they are the same person.",
        NET,
    ),
    Flag.Kind.DUPLICATE: Words(
        "Two records have the same NHS number.",
        "Compare them. Link them if it is one person; if not, say so and have the wrong number corrected.",
        NET,
    ),
}
GONE = Words("Something was missing that is no longer looked for.", "Close it with a reason.", NET)


def words(flag):
    """The `Words` of a flag."""
    if flag.kind == Flag.Kind.GAP:
        gap = GAPS.get(flag.code)
        return Words(whole(gap.says), gap.mends, gap.source) if gap else GONE
    if flag.kind == Flag.Kind.NOBODY_TO_TELL:
        deadline = DEADLINES.get(flag.code)
        what = deadline.label.lower() if deadline else "something"
        return Words(
            f"Nobody could be told that {what} falls due: no worker, no cover, no manager.",
            "Name a worker for the person, or a manager for the organisation.",
            NET,
        )
    return OF_KIND[flag.kind]


def whole(sentence):
    return sentence if sentence.endswith(".") else f"{sentence}."


def about(flag):
    """Who or what it is about, by name."""
    if flag.roster_row_id:
        return flag.roster_row.said_name
    if flag.placement_id:
        return f"{flag.placement.person}, {flag.placement}"
    if flag.other_person_id:
        return f"{flag.person} and {flag.other_person}"
    return str(flag.subject)
