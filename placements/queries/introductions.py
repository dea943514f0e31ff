"""What a council has set about matching, and how many introductions a match has had."""

from django.utils import timezone

from ..models import MatchingPolicy


def matching_policy(council, on=None):
    """What holds for a council on a day: its own newest version, else the default's, else the defaults as shipped."""
    on = on or timezone.localdate()
    return MatchingPolicy.objects.in_force(council, on).first() or MatchingPolicy(in_force_from=on)


def introductions(match, on=None):
    """(how many were held, how many are usual) for a match: as they stood when it was agreed, else as of today.

    Before agreeing, the usual number is that of the council whose team referred the person.
    """
    if match.introductions_usual is not None:
        return match.introductions_held, match.introductions_usual
    return len(match.introductions.all()), matching_policy(
        match.referral.organisation.council, on
    ).introductions
