"""No home fits: the referral closes, and its unmet need says in counts what stood in the way."""

import pytest

from commissioning.models import UnmetNeed
from placements.models import Referral

from ..placements import factories as placements

pytestmark = pytest.mark.browser


def test_a_referral_that_finds_no_home_says_why_in_counts(
    window, person, team, council, scheme, care_manager, scheme_worker, commissioner, assert_accessible
):
    for label, step_free in (("The house with steps", False), ("The house nobody asked about", None)):
        home = placements.home(scheme, council, scheme_worker, label=label, step_free=step_free)
        placements.carer(home, scheme_worker)
    referral = placements.accepted(
        person, team, care_manager, scheme, scheme_worker, needs=["step_free", "wheelchair"]
    )
    sent = referral.schemes.get()
    worker = window(scheme_worker).go(f"/placements/referrals/sent/{sent.pk}/homes/")
    worker.sees("Step-free way in")
    manager = window(care_manager).go(f"/placements/referrals/{referral.pk}/close/")
    manager.answer(reason="no_carer", words="Every home has steps").press("Close the referral").done()
    manager.go(f"/placements/referrals/{referral.pk}/").sees("Why no home was found", "2 carers looked at")
    assert_accessible(manager)
    assert "The house with steps" not in manager.text
    assert UnmetNeed.objects.get().referral == Referral.objects.get()
    looking = window(commissioner).go("/commissioning/")
    looking.sees("Asked for, and not found", "What stood in the way", "Step-free way in")
    assert_accessible(looking)
    for hidden in (str(person), "The house with steps", "Okafor"):
        assert hidden not in looking.text
