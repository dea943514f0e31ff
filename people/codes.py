"""Code lists of the field, as the Client Level Data return spells them (NHS England, release 2)."""

from django.db.models import TextChoices


class Gender(TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class Ethnicity(TextChoices):
    WHITE_BRITISH = "white_british", "White: English, Welsh, Scottish, Northern Irish or British"
    WHITE_IRISH = "white_irish", "White: Irish"
    WHITE_TRAVELLER = "white_traveller", "White: Gypsy or Irish Traveller"
    WHITE_ROMA = "white_roma", "White: Roma"
    WHITE_OTHER = "white_other", "White: Any other White background"
    MIXED_CARIBBEAN = "mixed_caribbean", "Mixed or multiple ethnic groups: White and Black Caribbean"
    MIXED_AFRICAN = "mixed_african", "Mixed or multiple ethnic groups: White and Black African"
    MIXED_ASIAN = "mixed_asian", "Mixed or multiple ethnic groups: White and Asian"
    MIXED_OTHER = (
        "mixed_other",
        "Mixed or multiple ethnic groups: Any other Mixed or multiple ethnic background",
    )
    ASIAN_INDIAN = "asian_indian", "Asian or Asian British: Indian"
    ASIAN_PAKISTANI = "asian_pakistani", "Asian or Asian British: Pakistani"
    ASIAN_BANGLADESHI = "asian_bangladeshi", "Asian or Asian British: Bangladeshi"
    ASIAN_CHINESE = "asian_chinese", "Asian or Asian British: Chinese"
    ASIAN_OTHER = "asian_other", "Asian or Asian British: Any other Asian background"
    BLACK_AFRICAN = "black_african", "Black, Black British, Caribbean or African: African"
    BLACK_CARIBBEAN = "black_caribbean", "Black, Black British, Caribbean or African: Caribbean"
    BLACK_OTHER = (
        "black_other",
        "Black, Black British, Caribbean or African: Any other Black, Black British or Caribbean background",
    )
    OTHER_ARAB = "other_arab", "Other ethnic group: Arab"
    OTHER_ANY = "other_any", "Other ethnic group: Any other ethnic group"
    REFUSED = "refused", "No data: Refused"
    UNKNOWN = "unknown", "No data: Undeclared or not known"


class SupportReason(TextChoices):
    """Primary support reason (13)."""

    PHYSICAL_ACCESS = "physical_access", "Physical support: Access and mobility only"
    PHYSICAL_CARE = "physical_care", "Physical support: Personal care support"
    SENSORY_VISUAL = "sensory_visual", "Sensory support: Support for visual impairment"
    SENSORY_HEARING = "sensory_hearing", "Sensory support: Support for hearing impairment"
    SENSORY_DUAL = "sensory_dual", "Sensory support: Support for dual impairment"
    MEMORY = "memory", "Support with memory and cognition"
    LEARNING = "learning", "Learning disability support"
    MENTAL_HEALTH = "mental_health", "Mental health support"
    SUBSTANCE = "substance", "Social support: Substance misuse support"
    ASYLUM = "asylum", "Social support: Asylum seeker support"
    ISOLATION = "isolation", "Social support: Support for social isolation or other"
    UNPAID_CARER = "unpaid_carer", "Social support: Support to unpaid carer"
    UNKNOWN = "unknown", "Unknown"


class AccommodationStatus(TextChoices):
    """Accommodation status (20)."""

    OWNER = "owner", "Owner occupier or shared ownership scheme"
    TENANT_SOCIAL = "tenant_social", "Tenant: Local authority or other social housing provider"
    TENANT_PRIVATE = "tenant_private", "Tenant: Private landlord"
    FAMILY = "family", "Settled mainstream housing with family or friends"
    SUPPORTED = "supported", "Supported accommodation, supported lodgings or supported group home"
    SHARED_LIVES = "shared_lives", "Shared Lives scheme"
    APPROVED_PREMISES = (
        "approved_premises",
        "Approved premises for offenders released from prison or under probation supervision",
    )
    SHELTERED = "sheltered", "Sheltered housing, extra care housing or other sheltered housing"
    MOBILE = "mobile", "Mobile accommodation for Gypsy, Roma and Traveller communities"
    ROUGH = "rough", "Rough sleeper or squatting"
    HOSTEL = "hostel", "Night shelter, emergency hostel or direct access hostel"
    REFUGE = "refuge", "Refuge"
    TEMPORARY_COUNCIL = "temporary_council", "Placed in temporary accommodation by the council"
    GUEST = "guest", "Staying with family or friends as a short term guest"
    HOSPITAL = "hospital", "Acute hospital or long term healthcare residential facility"
    CARE_HOME = "care_home", "Registered care home"
    NURSING_HOME = "nursing_home", "Registered nursing home"
    PRISON = "prison", "Prison, young offenders institution or detention centre"
    TEMPORARY_OTHER = "temporary_other", "Other temporary accommodation"
    UNKNOWN = "unknown", "Unknown"


class SeenHow(TextChoices):
    """How somebody was seen before a record about them was made final."""

    VISIT = "visit", "On a visit to their home"
    ELSEWHERE = "elsewhere", "Somewhere else, face to face"
    VIDEO = "video", "By video"
    NOT_SEEN = "not_seen", "Not seen this time"
