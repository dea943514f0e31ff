"""Code lists of homes and carers."""

from django.db.models import TextChoices


class PlacementKind(TextChoices):
    """What a carer can be approved for, and what a placement is. Kinship and floating support take no place."""

    LIVE_IN = "live_in", "Live-in"
    SHORT_BREAK = "short_break", "Short break"
    DAY_SUPPORT = "day_support", "Day support"
    KINSHIP = "kinship", "Kinship support"
    FLOATING = "floating", "Floating support"


class Claim(TextChoices):
    """How a stay claims a home: somebody lives there, sleeps there, or spends days there."""

    HOME = "home", "Lives here"
    NIGHT = "night", "Stays overnight"
    DAY = "day", "Comes by day"


CLAIM_OF = {
    PlacementKind.LIVE_IN: Claim.HOME,
    PlacementKind.SHORT_BREAK: Claim.NIGHT,
    PlacementKind.DAY_SUPPORT: Claim.DAY,
}

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY_DAY = 127


def weekday_names(mask):
    """The days of a weekday mask (Monday 1 … Sunday 64), as words."""
    return [name for bit, name in enumerate(WEEKDAYS) if mask & 1 << bit]


DIED = "died"  # why a stay ended: what a death recorded in error is undone by
