"""Code lists of referrals, matches and placements. Words are what the screen says."""

from django.db.models import TextChoices


class Urgency(TextChoices):
    PLANNED = "planned", "Planned: weeks or months"
    SOON = "soon", "Soon: within four weeks"
    URGENT = "urgent", "Urgent: within days"
    EMERGENCY = "emergency", "Emergency: today or tomorrow"


class Purpose(TextChoices):
    """What the placement is for. A step and a bridge have an end in view."""

    HOME = "home", "A home for good"
    STEP = "step", "A step towards more independence"
    BRIDGE = "bridge", "A bridge until something else is ready"
    BREAK = "break", "A break, for the person or for those they live with"
    SUPPORT = "support", "Support by day or at home"


class Need(TextChoices):
    """What a home must or must not have. Compared with the home, one by one."""

    STEP_FREE = "step_free", "Step-free way in"
    GROUND_FLOOR = "ground_floor", "Bedroom on the ground floor"
    WHEELCHAIR = "wheelchair", "Room for a wheelchair"
    NO_PETS = "no_pets", "No pets"
    NO_DOGS = "no_dogs", "No dogs"
    NO_CATS = "no_cats", "No cats"
    NO_SMOKING = "no_smoking", "Nobody smokes"
    ALONE = "alone", "Nobody else supported in the home"
    ASSISTANT = "assistant", "A personal assistant may come in"


class Information(TextChoices):
    """What a scheme must receive to make a good match (SCIE At a glance 02; Essex provider information)."""

    ASSESSMENT = "assessment", "Needs assessment"
    PLAN = "plan", "Care and support plan"
    RISK = "risk", "Risk assessment, and the risks that go with legal matters"
    WISHES = "wishes", "What the person wants, in their own words"
    COMMUNICATION = "communication", "How the person communicates"
    HEALTH = "health", "Health, medicines and who prescribes them"
    DAILY_LIFE = "daily_life", "Daily life: routines, food, likes and dislikes"
    FAMILY = "family", "Family, friends and others who matter"
    CULTURE = "culture", "Culture, faith and language, where the person wants them counted"
    MONEY = "money", "Money: benefits, who manages it, who pays what"
    LEGAL = "legal", "Legal matters: capacity decisions, attorney or deputy, conditions"
    HISTORY = "history", "Where the person has lived, and what worked"


class Answer(TextChoices):
    """What a scheme says to a referral."""

    NONE = "none", "No answer yet"
    ACCEPTED = "accepted", "Accepted for matching"
    RETURNED = "returned", "Returned: something is missing"
    DECLINED = "declined", "Declined"


class DeclineReason(TextChoices):
    NO_CARER = "no_carer", "No carer with room"
    NO_SKILLS = "no_skills", "No carer with the skills asked for"
    AREA = "area", "No carer in the area asked for"
    ACCESS = "access", "No home with the access needed"
    RISK = "risk", "Risks that the scheme cannot keep safe"
    NOT_REGISTERED = "not_registered", "Outside what the scheme is registered for"
    OTHER = "other", "Another reason, in words"


class ClosedReason(TextChoices):
    """How a referral ended (domain paper 3.1)."""

    ARRANGED = "arranged", "A placement was arranged"
    OTHER_OPTION = "other_option", "Another option was chosen"
    ADVICE_ONLY = "advice_only", "Assessment or advice only was asked for"
    WITHDRAWN = "withdrawn", "Withdrawn by the team"
    PERSON_DECLINED = "person_declined", "The person decided against it"
    NO_CARER = "no_carer", "No carer was found"
    DIED = "died", "The person died"


class Says(TextChoices):
    """What one side says about a match."""

    NOT_ASKED = "not_asked", "Not asked yet"
    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure yet"


class Visit(TextChoices):
    """How a person and a carer get to know each other, a step at a time."""

    TEA = "tea", "Tea, or some hours together"
    OVERNIGHT = "overnight", "A night"
    WEEKEND = "weekend", "A weekend"


class Showed(TextChoices):
    """How a person let others know what they made of something, with or without words."""

    SAID = "said", "They said it"
    SIGNS = "signs", "With signs, pictures or a device"
    SEEN = "seen", "Seen in how they were: face, body, what they did"
    KNOWN = "known", "Told by somebody who knows them well"


class Fewer(TextChoices):
    """Why a match goes on with fewer introductions than the council's usual number."""

    KNOWN = "known", "They know each other already"
    PERSON = "person", "The person wanted no more"
    CARER = "carer", "The carer had no time for more"
    URGENT = "urgent", "There was no time: the person had to move"
    WORKLOAD = "workload", "Workload: nobody could arrange more"
    FUNDING = "funding", "Nobody pays for more"
    OTHER = "other", "Another reason, in words"


class Route(TextChoices):
    """How a placement came about. Gate and clock hang on it."""

    PLANNED = "planned", "Planned"
    EMERGENCY = "emergency", "Emergency"
    HOSPITAL = "hospital", "From hospital"
    TRANSITION = "transition", "From children’s services"


class FeeFor(TextChoices):
    """What is paid for in a placement agreement."""

    RENT = "rent", "Rent"
    HOUSEHOLD = "household", "Contribution to the household"
    CARE = "care", "Care and support"


class Payer(TextChoices):
    """Who pays a line of the fees."""

    PERSON = "person", "The person"
    BENEFIT = "benefit", "Housing benefit or universal credit"
    COUNCIL = "council", "The council"
    NHS = "nhs", "The NHS"
    OTHER = "other", "Somebody else"


class EndReason(TextChoices):
    MOVED_ON = "moved_on", "Moved on to more independence"
    OTHER_PLACEMENT = "other_placement", "Moved to another Shared Lives home"
    CARE_HOME = "care_home", "Moved to a care or nursing home"
    FAMILY = "family", "Moved to family or friends"
    PLANNED_END = "planned_end", "Came to its planned end"
    PERSON_CHOSE = "person_chose", "The person chose to end it"
    CARER_GAVE_NOTICE = "carer_gave_notice", "The carer gave notice"
    CARER_STOPPED = "carer_stopped", "The carer stopped or lost approval"
    BROKE_DOWN = "broke_down", "It did not work out"
    SAFEGUARDING = "safeguarding", "To keep somebody safe"
    HOSPITAL = "hospital", "Stayed on in hospital"
    FUNDING = "funding", "Funding ended"
    DIED = "died", "The person died"
    NEVER_STARTED = "never_started", "Agreed, but never started"
    OTHER = "other", "Another reason, in words"


class Party(TextChoices):
    """In what capacity somebody signs a placement agreement."""

    PERSON = "person", "The person"
    REPRESENTATIVE = "representative", "The person’s representative"
    CARER = "carer", "The Shared Lives carer"
    SCHEME = "scheme", "The scheme"
    TEAM = "team", "The funding team"


class Responsible(TextChoices):
    PERSON = "person", "The person"
    CARER = "carer", "The Shared Lives carer"
    SCHEME = "scheme", "The scheme"
    CARE_MANAGER = "care_manager", "The care manager"
    OTHER = "other", "Somebody else, named in the words"


class GateCode(TextChoices):
    """One thing that must hold before somebody moves in. Words and sources are in `rules.GATES`."""

    PLAN = "plan", "Care and support plan held and acknowledged"
    CAPACITY = "capacity", "A place free in the home"
    ONE_PLACE = "one_place", "One place at a time"
    ASSESSMENT = "assessment", "Needs assessment complete"
    RESPONSIBILITIES = "responsibilities", "Risk responsibilities agreed"
    RISK = "risk", "Risk assessment signed"
    AGREEMENT = "agreement", "Placement agreement signed"
    APPROVAL = "approval", "Carer approved for this"
    TRAINING = "training", "Carer’s training current"
    EMERGENCY = "emergency", "Carer approved and trained for emergencies"
    ADVOCATE = "advocate", "Somebody speaks for whoever cannot decide where to live"
    APART = "apart", "Nobody there with whom the person may not live"
