"""What a scheme is sent about a person."""

from django.utils import timezone
from django.utils.formats import date_format

from people.queries import sharing_allowed


def pack(referral):
    """What a scheme is sent about a person, frozen: [{title, words}]. Contacts only where the person agrees."""
    person = referral.person
    told = [
        ("Person", f"{person.known_as}, {person.age(referral.sent_on)} years old"),
        ("What the person wants, in their own words", referral.wishes),
        (
            "How to communicate",
            lines(str(need) for need in person.communication_needs.all() if not need.until),
        ),
        ("Kind", referral.kinds_in_words()),
        ("What for", referral.get_purpose_display()),
        ("How soon", referral.get_urgency_display()),
        ("Wanted from", in_words(referral.wanted_from)),
        ("Areas", ", ".join(referral.areas)),
        ("The home needs", lines(referral.needs_in_words())),
        ("Two carers at once", "Yes" if referral.two_carers else ""),
        ("Language", referral.language),
        ("Culture or faith", referral.culture),
        ("Interests", referral.interests),
        ("Skills the carer needs", referral.skills),
    ]
    told += [(str(row), row.words or given(row)) for row in referral.information.all()]
    contacts = person.contacts.filter(until=None, agreed_by_person=True)
    told.append(("People in the person’s life", lines(f"{c}: {c.phone}".strip(": ") for c in contacts)))
    return [{"title": str(title), "words": str(words)} for title, words in told if words]


def pack_allowed(sent):
    """Whether a scheme may read the pack that it was sent: not while the person objects to that (ADR 21)."""
    person = sent.referral.person
    return sharing_allowed(person, "profile", sent.scheme, timezone.localdate()).allowed


def given(row):
    return "Given" if row.given else f"Not yet: {row.why_missing}"


def lines(parts):
    return "\n".join(parts)


def in_words(day):
    return date_format(day, "j F Y") if day else ""
