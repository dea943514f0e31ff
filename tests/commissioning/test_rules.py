"""Which unmet need a referral stands for."""

import pytest

from commissioning.models import Need
from commissioning.rules import needs_of


@pytest.mark.parametrize(
    ("facts", "needs"),
    [
        ({"kinds": ["live_in"], "route": "planned"}, ["none_of_these"]),
        ({"kinds": ["short_break"], "route": "planned"}, ["planned_short_stay"]),
        ({"kinds": ["floating"], "route": "planned", "language": "English"}, ["floating_support"]),
        ({"kinds": ["live_in"], "route": "hospital", "age": 40}, ["hospital_at_home"]),
        ({"kinds": ["live_in"], "route": "hospital", "age": 65}, ["discharge_older"]),
        (
            {"kinds": ["live_in"], "route": "hospital", "support_reason": "mental_health", "age": 70},
            ["mh_step_down"],
        ),
        ({"kinds": ["live_in"], "route": "planned", "support_reason": "mental_health"}, ["mental_health"]),
        (
            {"kinds": ["live_in"], "route": "transition", "two_carers": True},
            ["complex_multiple", "transition"],
        ),
        (
            {"kinds": ["live_in"], "route": "planned", "support_reason": "memory", "needs": ["wheelchair"]},
            ["dementia", "wheelchair"],
        ),
        ({"kinds": ["live_in"], "route": "planned", "language": "Punjabi"}, ["culturally_specific"]),
        ({"kinds": ["live_in"], "route": "planned", "culture": "Sikh"}, ["culturally_specific"]),
    ],
)
def test_needs_of_a_referral(facts, needs):
    assert needs_of(**facts) == needs
    assert set(needs) <= set(Need)
