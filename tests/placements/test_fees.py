"""Fee lines: rows of the agreement, final with it, on paper; bands by date; licence and charges looked at every year."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from page import validate_pdf_bytes

from placements import actions, queries
from placements.actions.charges import DEADLINE
from placements.deadlines import CHARGES_LOOK
from placements.models import AgreementFee, ChargesLook, FeeBand
from sharedlives.rules import RuleBroken

from .. import factories as cast
from ..careplans.pages import send, text
from ..risk.test_actions import assert_broken
from . import factories
from .factories import days

pytestmark = pytest.mark.django_db
LINES = [("rent", "96.50", "benefit"), ("care", "412.25", "council")]


@pytest.fixture
def draft(agreed, scheme_worker):
    return factories.agreement(agreed, scheme_worker, fee_lines=LINES)


@pytest.fixture
def signed(draft, scheme_worker, care_manager):
    return factories.sign_all(draft, scheme_worker, care_manager)


def a_year_on(day):
    return (
        day.replace(year=day.year + 1)
        if (day.month, day.day) != (2, 29)
        else day.replace(year=day.year + 1, day=28)
    )


def paid(agreement):
    return [(line.what, str(line.pounds), line.payer) for line in agreement.fee_lines.order_by("-what")]


def test_lines_are_written_anew_with_a_draft_and_final_with_it(draft, agreed, scheme_worker, care_manager):
    assert paid(draft) == LINES
    again = factories.agreement(agreed, scheme_worker, fee_lines=[("household", "55", "person")])
    assert again.pk == draft.pk and paid(again) == [("household", "55.00", "person")]
    actions.sign_agreement(agreement=again, party="carer", name="Mary", how="On paper", by=scheme_worker)
    with pytest.raises(RuleBroken, match="signed these words"):
        factories.agreement(agreed, scheme_worker, fee_lines=LINES)
    for statement in ("UPDATE placements_agreementfee SET pounds = 1", "DELETE FROM placements_agreementfee"):
        with pytest.raises(IntegrityError, match="signed these words"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.rule("placements.fee_sensible")
def test_an_amount_is_for_one_week(agreed, scheme_worker):
    assert_broken(
        "placements.fee_sensible",
        lambda: factories.agreement(agreed, scheme_worker, fee_lines=[("care", "50000", "council")]),
    )


@pytest.mark.rule("placements.charges_looked_at")
def test_licence_and_charges_are_looked_at_every_year(signed, agreed, scheme_worker, scheme_manager):
    look = agreed.charges_looks.open().get()
    assert look.due_on == a_year_on(cast.today()) and CHARGES_LOOK.name == DEADLINE
    actions.look_at_charges(look=look, words="The rent rose by two pounds", by=scheme_worker)
    assert_broken(
        "placements.charges_looked_at",
        lambda: actions.look_at_charges(look=look, words="Again", by=scheme_worker),
    )
    assert agreed.charges_looks.open().get() != look
    actions.end(placement=agreed, on=cast.today(), reason="other", by=scheme_manager)
    assert not agreed.charges_looks.open().exists()


def test_the_form_asks_line_by_line_and_names_the_bands(client, agreed, scheme, scheme_worker):
    for name, since, until in (("Standard", -10, None), ("Old", -400, days(-10))):
        FeeBand.objects.create(
            organisation=scheme, what="care", name=name, pounds="400", since=days(since), until=until
        )
    assert [band.name for band in queries.fee_bands(scheme, cast.today())] == ["Standard"]
    client.force_login(scheme_worker)
    address = reverse("placements:draft_agreement", args=[agreed.pk])
    shown = text(client.get(address))
    assert "Standard: £400.00 a week" in shown and "Old: " not in shown
    typed = {
        "max_people": "3",
        "plan_elements": "Cooking",
        "requires_carer": "Cooks",
        "pounds_care": "412.25",
    }
    refused = send(client, address, typed)
    assert refused.status_code == 422 and "Say who pays it." in text(refused)
    odd = send(client, address, typed | {"payer_care": "council"})
    assert odd.status_code == 422 and "none of the scheme’s bands: Care" in text(odd)
    assert (
        send(client, address, typed | {"payer_care": "council", "why_outside": "Nights"}).status_code == 302
    )
    assert paid(agreed.agreements.get()) == [("care", "412.25", "council")]
    assert "£412.25 a week, paid by: the council" in text(
        client.get(agreed.agreements.get().get_absolute_url())
    )


@pytest.mark.parametrize("large", ["", "?large=1"])
def test_the_agreement_on_paper_is_accessible(client, signed, care_manager, large):
    client.force_login(care_manager)
    paper = client.get(reverse("placements:agreement_pdf", args=[signed.pk]) + large)
    result = validate_pdf_bytes(paper.content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]


def test_the_yearly_look_is_the_schemes(client, signed, agreed, scheme_worker, care_manager):
    look = agreed.charges_looks.open().get()
    address = reverse("placements:look_at_charges", args=[look.pk])
    client.force_login(care_manager)
    assert "£96.50 a week" in text(client.get(address))
    assert client.post(address, {"words": "x"}).status_code == 403
    client.force_login(scheme_worker)
    assert send(client, address, {"words": "Nothing changes"}).status_code == 302
    assert ChargesLook.objects.get(pk=look.pk).done_by == scheme_worker


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("placements_fee_band_sensible", "UPDATE placements_feeband SET pounds = -1"),
        ("placements_fee_band_dates_in_order", "UPDATE placements_feeband SET until = since"),
        (
            "placements_charges_looked_at_in_words",
            "UPDATE placements_chargeslook SET done_on = due_on, next_stage_on = NULL",
        ),
        (
            "placements_charges_looked_at_once",
            "INSERT INTO placements_chargeslook (id, version, placement_id, organisation_id, due_on, words)"
            " SELECT gen_random_uuid(), 1, placement_id, organisation_id, due_on, '' FROM placements_chargeslook",
        ),
        (
            "placements_fee_band_once_a_day",
            "INSERT INTO placements_feeband (id, version, organisation_id, what, name, pounds, since)"
            " SELECT gen_random_uuid(), 1, organisation_id, what, name, pounds, since FROM placements_feeband",
        ),
    ],
)
def test_the_database_keeps_fees_in_order(signed, scheme, name, statement):
    FeeBand.objects.create(organisation=scheme, what="care", name="Standard", pounds="400", since=days(-10))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        connection.cursor().execute(statement)
    assert refused.value.__cause__.diag.constraint_name == name


def test_a_line_stands_once(draft):
    for name, facts in (
        ("placements_fee_line_once", {"what": "care", "pounds": 1}),
        ("placements_fee_sensible", {"what": "household", "pounds": -1}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            AgreementFee.objects.create(agreement=draft, payer="person", **facts)


@pytest.fixture
def band(scheme):
    return FeeBand.objects.create(
        organisation=scheme, what="care", name="Band 2", pounds="430.00", since=days(-30)
    )


@pytest.mark.rule("placements.fee_outside_bands")
def test_an_amount_that_is_no_band_says_why(band, agreed, scheme_worker, client):
    def odd():
        return factories.agreement(agreed, scheme_worker, fee_lines=LINES, fees="Rent is due on Mondays")

    error = assert_broken("placements.fee_outside_bands", odd)
    assert not agreed.agreements.exists(), error
    factories.agreement(agreed, scheme_worker, fee_lines=[("care", "430", "council"), LINES[0]], fees="")
    said = factories.agreement(
        agreed, scheme_worker, fee_lines=LINES, why_outside="Two nights of waking support"
    )
    client.force_login(scheme_worker)
    page = client.get(said.get_absolute_url()).content.decode()
    assert page.count("None of the scheme’s bands") == 1  # the rent has no bands
    assert "Two nights of waking support" in page


def test_an_amount_agreed_before_the_bands_changed_goes_on(signed, band, agreed, scheme_worker):
    again = actions.renew_agreement(placement=agreed, by=scheme_worker)
    assert paid(again) == LINES
    assert again.why_outside.startswith("As agreed in version 1")
