"""Which unmet need a referral stands for. Pure: no database, no clock."""

OLDER = 65  # years; “older people” in SCIE Guide 14


def needs_of(
    *, kinds, route, needs=(), two_carers=False, culture="", language="", support_reason="", age=None
):
    """The categories of need of a referral that found no carer, as a list of codes; never empty.

    Ten services found missing locally (SCIE Guide 14, Local needs) and two of SCIE At a glance 02.
    """
    hospital, mental = route == "hospital", support_reason == "mental_health"
    holds = {
        "planned_short_stay": "short_break" in kinds and route == "planned",
        "floating_support": "floating" in kinds,
        "hospital_at_home": hospital and not mental and (age is None or age < OLDER),
        "dementia": support_reason == "memory",
        "complex_multiple": two_carers,
        "transition": route == "transition",
        "discharge_older": hospital and not mental and age is not None and age >= OLDER,
        "mh_step_down": hospital and mental,
        "wheelchair": "wheelchair" in needs,
        "culturally_specific": bool(culture.strip()) or language.strip().lower() not in ("", "english"),
        "mental_health": mental and not hospital,
    }
    return [code for code, found in holds.items() if found] or ["none_of_these"]
