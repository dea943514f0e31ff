"""The match list, narrowed, and homes side by side: at a desk and on a phone."""

import pytest

from placements.models import ReferralScheme

from ..placements import factories as places

pytestmark = pytest.mark.browser


def test_homes_are_narrowed_and_put_side_by_side(
    window, person, team, scheme, council, care_manager, scheme_worker, assert_accessible
):
    quiet = places.carer(
        places.home(scheme, council, scheme_worker, pet_kinds=["none"], label="Quiet home"), scheme_worker
    )
    places.carer(
        places.home(scheme, council, scheme_worker, pet_kinds=["dog"], label="Loud home"), scheme_worker
    )
    places.accepted(person, team, care_manager, scheme, scheme_worker, needs=["no_dogs"], language="Urdu")
    homes = f"/placements/referrals/sent/{ReferralScheme.objects.get().pk}/homes/"
    desk, phone = window(scheme_worker), window(scheme_worker, {"width": 320, "height": 700})
    assert_accessible(desk.go(homes).sees("Loud home", "Quiet home", "A dog or dogs"))
    assert_accessible(phone.go(homes))
    for box in desk.page.locator("[name='home']").all():
        box.check()
    desk.press("Put up to four side by side").sees("Side by side", str(quiet), "Not known")
    assert_accessible(desk)
    assert_accessible(phone.go(desk.page.url.replace(desk.base, "")))
    desk.go(homes).answer(must=["no_dogs"])
    desk.press("Show").sees("Quiet home", "1 of 2 carers shown")
    assert "Loud home" not in desk.text
