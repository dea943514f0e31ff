"""What stood in the way when a referral closed without a carer: counted, for every scheme asked, nobody named."""

import pytest

from placements import actions, queries
from placements.models import Referral

from ..careplans.pages import text
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(person, team, council, scheme, other_scheme, scheme_worker, care_manager):
    """Two homes of two schemes: one has steps and a dog, of the other nobody has asked."""
    home = factories.home(scheme, council, scheme_worker, step_free=False, pet_kinds=["dog"])
    factories.carer(home, scheme_worker, skilled=False)
    other = factories.home(other_scheme, council, scheme_worker, label="The secret home")
    factories.carer(other, scheme_worker, kinds=("short_break",), skilled=False)
    needs = ["step_free", "no_dogs"]
    return factories.referral(person, team, care_manager, [scheme, other_scheme], needs=needs)


def counts(row):
    return {n["code"]: (n["fits"], n["against"], n["unknown"]) for n in row.tried[0]["needs"]}


def test_closing_without_a_carer_keeps_how_many_each_need_fitted(asked, care_manager):
    closed = actions.close_referral(referral=asked, reason="no_carer", by=care_manager)
    assert closed.tried[0]["carers"] == 2
    found = counts(closed)
    assert found["step_free"] == (0, 1, 1)
    assert found["no_dogs"] == (0, 1, 1)
    assert found["approval"] == (1, 1, 0)
    assert found["room"] == (2, 0, 0)
    assert "secret" not in str(closed.tried)
    assert "Okafor" not in str(closed.tried)


def test_what_is_counted_is_what_the_match_list_counts(asked, care_manager):
    schemes = asked.schemes.values_list("scheme", flat=True)
    shown = queries.candidates(asked, list(schemes), "live_in", factories.today()).verdicts.tally
    actions.close_referral(referral=asked, reason="no_carer", by=care_manager)
    assert counts(Referral.objects.get()) == shown


def test_any_other_end_counts_nothing(asked, care_manager):
    assert actions.close_referral(referral=asked, reason="withdrawn", by=care_manager).tried == []


def test_the_team_reads_it_on_the_referral(client, asked, care_manager):
    actions.close_referral(referral=asked, reason="no_carer", by=care_manager)
    client.force_login(care_manager)
    page = text(client.get(asked.get_absolute_url()))
    assert "Why no home was found" in page
    assert "2 carers looked at" in page
    assert "secret" not in page
