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


class Pet(TextChoices):
    """Which animals live in a home. No code at all: nobody has asked."""

    NONE = "none", "No pets"
    DOG = "dog", "A dog or dogs"
    CAT = "cat", "A cat or cats"
    BIRD = "bird", "Birds"
    OTHER = "other", "Other animals"


CLAIM_OF = {
    PlacementKind.LIVE_IN: Claim.HOME,
    PlacementKind.SHORT_BREAK: Claim.NIGHT,
    PlacementKind.DAY_SUPPORT: Claim.DAY,
}

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY_DAY = 127


class Part(TextChoices):
    """A part of the day. A night belongs to the day on which it begins."""

    MORNING = "morning", "Morning, 7am to 12 noon"
    AFTERNOON = "afternoon", "Afternoon, 12 noon to 5pm"
    EVENING = "evening", "Evening, 5pm to 10pm"
    NIGHT = "night", "Night, 10pm to 7am"


HOURS = {Part.MORNING: (7, 12), Part.AFTERNOON: (12, 17), Part.EVENING: (17, 22), Part.NIGHT: (22, 31)}


def weekday_names(mask):
    """The days of a weekday mask (Monday 1 … Sunday 64), as words."""
    return [name for bit, name in enumerate(WEEKDAYS) if mask & 1 << bit]


def together(names):
    """Names with commas, and *and* before the last."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


DIED = "died"  # why a stay ended: what a death recorded in error is undone by


class About(TextChoices):
    """Whom a requirement is about: a carer alone, every adult who lives in the home, or the home itself."""

    CARER = "carer", "Each carer"
    ADULT = "adult", "Every adult in the home"
    HOME = "home", "The home"


ASKED_OF = {"carer": {About.CARER, About.ADULT}, "member": {About.ADULT}, "household": {About.HOME}}


class CheckLevel(TextChoices):
    """How far a check by the Disclosure and Barring Service goes."""

    BARRED = "barred", "Enhanced, with the barred list"
    ENHANCED = "enhanced", "Enhanced"
    STANDARD = "standard", "Standard"
    BASIC = "basic", "Basic"


class Decision(TextChoices):
    """What the scheme concluded. What a check said is never kept."""

    SATISFIED = "satisfied", "Satisfied"
    TALKED_OVER = "talked_over", "Satisfied, after talking it over"
    NOT_SATISFIED = "not_satisfied", "Not satisfied"


class Stage(TextChoices):
    """How far an application to become a carer has come."""

    ENQUIRY = "enquiry", "Enquiry"
    FIRST_TALK = "first_talk", "First talk"
    APPLICATION = "application", "Application"
    CHECKS = "checks", "Checks"
    VISITS = "visits", "Assessment visits"
    REPORT = "report", "Report"
    PANEL = "panel", "Panel"


class Need(TextChoices):
    """What a stage needs."""

    INFORMATION = "information", "Information about being a carer sent"
    TALKED = "talked", "First talk held"
    APPLIED = "applied", "Application signed by everybody who applies"
    IDENTITY = "identity", "Identity and the right to work seen"
    AGREED_TO_CHECKS = "agreed_to_checks", "Agreed to DBS checks and references"
    HOUSEHOLD_ASKED = "household_asked", "Everybody of 16 and over in the home asked, and agrees"
    HOUSEHOLD_CHECKED = "household_checked", "Everybody of 16 and over in the home checked"
    PAPERS = "papers", "References and other papers of whoever applies"
    HOME_SAFE = "home_safe", "The home looked at, and insured"
    TRAINED = "trained", "Courses that every carer needs"
    VISITED = "visited", "Assessment visits held"
    EXPERT_MET = "expert_met", "Met somebody who lives with a Shared Lives carer"
    REPORT_READ = "report_read", "Report read and commented on by whoever applies"


class NotACarer(TextChoices):
    """Why an application ended without an approval."""

    OTHER_PLANS = "other_plans", "Their plans have changed"
    HEALTH = "health", "Health or family"
    MONEY = "money", "The payment or the tax"
    TOO_LONG = "too_long", "It took too long"
    NO_ANSWER = "no_answer", "They no longer answer"
    HOME = "home", "The home is not suitable"
    CHECKS = "checks", "Checks or references"
    SKILLS = "skills", "Skills or experience"
    HOUSEHOLD = "household", "Somebody in the home does not agree"
    OTHER = "other", "Another reason"


class Stopped(TextChoices):
    """Why somebody is no longer a carer."""

    RESIGNED = "resigned", "The carer gave notice"
    RETIRED = "retired", "The carer retired"
    DIED = "died", "The carer died"
    TERMINATED = "terminated", "The scheme ended the approval"
    NEVER_APPROVED = "never_approved", "Was never approved"
    OTHER = "other", "Another reason, in words"


class Suspended(TextChoices):
    """Why nobody new is placed with a carer for a time."""

    CONCERN = "concern", "A concern is being looked into"
    CHECKS = "checks", "A check, a reference or training"
    HEALTH = "health", "Health or family"
    ASKED = "asked", "The carer asked for it"
    OTHER = "other", "Another reason, in words"


class Outcome(TextChoices):
    """What a panel decides about an application."""

    APPROVED = "approved", "Approved"
    CONDITIONS = "conditions", "Approved with conditions"
    DEFERRED = "deferred", "Deferred: comes back to the panel"
    NOT_APPROVED = "not_approved", "Not approved"
