"""Code lists of a review meeting."""

from django.db.models import TextChoices


class ReviewerRole(TextChoices):
    CARE_MANAGER = "care_manager", "Care manager"
    REVIEWING_OFFICER = "reviewing_officer", "Reviewing officer"
    OTHER = "other", "Somebody else"


class GuestRole(TextChoices):
    PERSON = "person", "The person"
    NAMED_PERSON = "named_person", "Named person"
    ADVOCATE = "advocate", "Advocate"
    FAMILY = "family", "Family"
    FRIEND = "friend", "Friend"
    REPRESENTATIVE = "representative", "Representative"
    CARER = "carer", "Shared Lives carer"
    SCHEME_WORKER = "scheme_worker", "Scheme worker"
    CARE_MANAGER = "care_manager", "Care manager"
    PROFESSIONAL = "professional", "Worker from another service"
    OTHER = "other", "Somebody else"


class Format(TextChoices):
    STANDARD = "standard", "Ordinary print"
    LARGE_PRINT = "large_print", "Large print"
    EASY_READ = "easy_read", "Easy read with pictures"
    PLAIN_TEXT = "plain_text", "Plain text"
    SPOKEN = "spoken", "Read aloud and talked through"


class Asker(TextChoices):
    """Who asked for a review before its date."""

    PERSON = "person", "The person"
    CARER = "carer", "The Shared Lives carer"
    RELATIVE = "relative", "A relative or friend"
    SCHEME = "scheme", "The scheme"
    OTHER = "other", "Somebody else"


class HeldHow(TextChoices):
    FACE_TO_FACE = "face_to_face", "Face to face"
    VIDEO = "video", "By video"
    PHONE = "phone", "By telephone, confirmed in writing"


class SeenHow(TextChoices):
    AT_MEETING = "at_meeting", "At the review itself"
    VISIT = "visit", "On a visit to their home"
    ELSEWHERE = "elsewhere", "Somewhere else, face to face"
    VIDEO = "video", "By video"


class Arrived(TextChoices):
    """What became of a copy of the record."""

    HANDED = "handed", "Given by hand"
    TOGETHER = "together", "Read through together"
    POSTED = "posted", "By post, and they have it"
    OPENED = "opened", "Opened here"
    BACK = "back", "It came back, or they did not want it"


class Options(TextChoices):
    """What could be next, in the order in which it is asked; none is the default."""

    AS_NOW = "as_now", "As now"
    MORE_INDEPENDENCE = "more_independence", "More independence here"
    OTHER_SUPPORT = "other_support", "Other support here"
    ANOTHER_HOME = "another_home", "Another home"
    OWN_HOME = "own_home", "A home of their own"


class Rating(TextChoices):
    MET = "met", "Reached"
    PARTLY = "partly", "Partly reached"
    NOT_MET = "not_met", "Not reached"
    NOT_YET = "not_yet", "Cannot be said yet, because …"


class ReturnReason(TextChoices):
    """Why the review was held, as the Client Level Data return (England) spells it."""

    PLANNED = "planned", "Planned"
    HOSPITAL = "hospital", "Unplanned - Hospital (Planned and unplanned episodes)"
    CARER = "carer", "Unplanned - Carer related"
    SAFEGUARDING = "safeguarding", "Unplanned - Safeguarding concern"
    PROVIDER = "provider", "Unplanned - Provider Failure"
    COMMISSIONING = "commissioning", "Unplanned - Change in Commissioning arrangements"
    OTHER = "other", "Unplanned - Other Reason"
    SHORT_TERM = "short_term", "Review of short term support"


class ReturnMethod(TextChoices):
    """Who took part, in the words of the return. Its carer is an unpaid carer, not the Shared Lives carer."""

    PERSON = "person", "Service user only"
    BOTH = "both", "Service user and carer"
    CARER = "carer", "Carer only"


class Achieved(TextChoices):
    """How far the outcomes were reached, of a planned review."""

    FULLY = "fully", "Fully achieved"
    PARTLY = "partly", "Partially achieved"
    NOT = "not", "Not achieved"
    UNKNOWN = "unknown", "Unknown"


class ReturnOutcome(TextChoices):
    """What followed from the review, in the words and the order of the return."""

    REABLEMENT = "reablement", "Progress to reablement/ST-Max"
    ASSESSMENT = "assessment", "Progress to assessment, review or reassessment"
    SERVICES = "services", "Progress to support planning or services"
    CONTINUES = "continues", "Continuation of support or services"
    HOSPITAL = "hospital", "Admitted to hospital"
    MOVED = "moved", "NFA: Responsibility moved to another local authority"
    NHS = "nhs", "NFA: Referral to NHS services or NHS funded social care"
    SELF_FUNDED = "self_funded", "NFA: Self-funded client or under 12wk disregard"
    ADVICE = "advice", "NFA: Information and advice or signposting"
    REFERRED = "referred", "NFA: Referral to other service within the local authority"
    DECLINED = "declined", "NFA: Support declined"
    DECEASED = "deceased", "NFA: Deceased"
    ENDED = "ended", "NFA: Support ended as planned"
    ENDED_OTHER = "ended_other", "NFA: Support ended for other reason"
    NO_SERVICES = "no_services", "NFA: No services offered for other reason"
    OTHER = "other", "NFA: Other"


class Standing(TextChoices):
    """How an action agreed earlier stands."""

    DONE = "done", "Done"
    GOES_ON = "goes_on", "Goes on"
    GAVE_UP = "gave_up", "Given up"
