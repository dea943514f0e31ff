"""What a carer is given to read about a person before they have agreed to meet: everything but who it is."""

import re

from django.utils import timezone

from people.queries import sharing_allowed

from .. import matching
from ..codes import Says
from .packs import in_words

HIDDEN = "…"


def profile(match):
    """A person as a carer may read of them: [(title, words)]. No name, no address, no birth date, no reference.

    The first name is told once the person has said yes to meeting. Culture and faith only where the person asked.
    """
    referral, person = match.referral, match.person
    told = [
        ("Name", (person.preferred_name or person.given_name) if may_be_named(match) else ""),
        ("Age", matching.bands([person.age()])[0]),
        ("What the person wants, in their own words", referral.wishes),
        ("Kind", match.get_kind_display()),
        ("What for", referral.get_purpose_display()),
        ("Wanted from", in_words(referral.wanted_from)),
        ("The home needs", ", ".join(referral.needs_in_words())),
        ("Two carers at once", "Yes" if referral.two_carers else ""),
        ("Language", referral.language),
        ("Culture or faith", referral.culture),
        ("Interests", referral.interests),
        ("Skills the carer needs", referral.skills),
    ]
    hide = (lambda words: words) if may_be_named(match) else (lambda words: without_names(words, person))
    return [(title, hide(str(words))) for title, words in told if words]


def profile_allowed(match):
    """Whether the carers of the match's scheme may be given a profile: not where the person objects to that."""
    return sharing_allowed(match.person, "profile", match.scheme, timezone.localdate()).allowed


def may_be_named(match):
    """Has the person agreed to meet this carer?"""
    return match.person_answer == Says.YES


def without_names(words, person):
    """Words in which every name of the person, also of their family, is left out."""
    names = " ".join((person.given_name, person.family_name, person.preferred_name)).replace("-", " ").split()
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", HIDDEN, words, flags=re.IGNORECASE)
