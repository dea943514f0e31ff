"""What stood in the way when no home was found: how many carers were looked at, and for how many each need fitted."""

from ..matching import Offer, compare
from .homes import carers_of, known_to, wanted
from .verdicts import verdicts


def carers_tried(referral, on):
    """[{kind, carers, needs: [{code, need, fits, against, unknown}]}] over every scheme that was asked.

    Counts alone: no carer and no home is named. One statement a kind.
    """
    schemes = list(referral.schemes.values_list("scheme", flat=True))
    return [tried(referral, schemes, kind, on) for kind in referral.kinds]


def tried(referral, schemes, kind, on):
    asked = wanted(referral, kind)
    rows = carers_of(schemes, on).annotate(known=known_to(referral.person))
    found = verdicts(rows, asked, kind, on, referral.person)
    names = {fit.code: fit.need for fit in compare(asked, Offer(apart="apart" in found.tally))}
    needs = [
        {"code": code, "need": names[code], "fits": fits, "against": against, "unknown": unknown}
        for code, (fits, against, unknown) in found.tally.items()
    ]
    return {"kind": kind, "carers": found.all, "needs": needs}
