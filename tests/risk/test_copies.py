"""A signed version goes to the person, the carers and the schemes; weighed, with what restricts, and on paper."""

import io
from datetime import timedelta

import page
import pikepdf
import pytest
from dateutil.relativedelta import relativedelta
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from carers import actions as places
from carers.moments import MOVED
from people import actions as people
from people.models import LegalFact
from risk import actions, document
from risk.deadlines import COPY_TO_GIVE, COPY_TO_READ, LOOK_AGAIN
from risk.gaps import holding_older_risks
from risk.models import Risk, RiskAssessment, RiskControl

from .. import factories as cast
from ..careplans.pages import date_of, hidden, queries_of, send, text
from ..careplans.test_models import assert_refused, run
from ..carers import factories as homes
from . import factories
from .test_actions import assert_broken, in_days, lives_in
from .test_changes import told

CARD = {
    "call_first": "Mary Okafor, 01632 960002",
    "who_decides": "The duty manager",
    "where_to_stay": "Her sister’s",
}


@pytest.fixture
def home(council, scheme):
    return homes.home(council, scheme)


@pytest.fixture
def carer(supported_person, home, scheme):
    lives_in(supported_person, home)
    return homes.carer(home, scheme)


# -- One row a copy ------------------------------------------------------------------------------------


def test_signing_owes_a_copy_to_the_person_each_carer_and_each_scheme(
    supported_person, carer, scheme, care_manager, scheme_worker
):
    row = factories.signed(supported_person, care_manager)
    copies = {copy.reader: copy for copy in row.copies.all()}
    assert {reader: copy.for_whom for reader, copy in copies.items()} == {
        "person": supported_person,
        "carer": carer,
        "scheme": scheme,
    }
    assert {copy.due_on for copy in copies.values()} == {in_days(7)}
    assert set(COPY_TO_GIVE.owed_by(care_manager)) == {copies["person"], copies["carer"]}
    assert list(COPY_TO_READ.owed_by(scheme_worker)) == [copies["scheme"]]
    assert list(COPY_TO_READ.waits_for(care_manager)) == [copies["scheme"]]
    assert not COPY_TO_GIVE.visible_to(scheme_worker).exists()


@pytest.mark.rule("risk.scheme_acknowledges")
def test_the_scheme_itself_says_that_it_read_it(supported_person, care_manager, scheme_worker):
    copy = factories.signed(supported_person, care_manager).copies.for_schemes().get()
    assert_broken("risk.scheme_acknowledges", actions.acknowledge_copy, copy=copy, by=care_manager)
    copy = actions.acknowledge_copy(copy=copy, by=scheme_worker)
    assert (copy.done_on, copy.done_by, copy.next_stage_on) == (cast.today(), scheme_worker, None)
    assert actions.acknowledge_copy(copy=copy, by=scheme_worker).version == copy.version


@pytest.mark.rule("risk.given_by_today")
def test_a_copy_is_given_in_a_way_that_they_understand(supported_person, care_manager):
    copy = factories.signed(supported_person, care_manager).copies.get(reader="person")
    for day in (in_days(-1), in_days(1)):
        assert_broken(
            "risk.given_by_today", actions.give_copy, copy=copy, given_on=day, how="paper", by=care_manager
        )
    actions.give_copy(copy=copy, given_on=cast.today(), how="read_out", by=care_manager)
    assert not COPY_TO_GIVE.open().exists()


def test_nobody_is_reminded_of_a_copy_of_an_older_version_or_after_a_death(supported_person, care_manager):
    old = factories.signed(supported_person, care_manager)
    assert "Amina Yusuf" in told(COPY_TO_GIVE, in_days(7))
    new = factories.signed(supported_person, care_manager, [factories.risk(hazard="Other")])
    assert not old.copies.filter(next_stage_on__isnull=False).exists()
    assert {copy.assessment for copy in COPY_TO_READ.open()} == {new}
    people.record_death(person=supported_person, on=cast.today(), by=care_manager)
    assert not new.copies.filter(next_stage_on__isnull=False).exists()
    assert not COPY_TO_READ.open().exists()


def test_a_scheme_to_which_the_person_objects_is_owed_none(supported_person, scheme, care_manager):
    people.decide_sharing(
        person=supported_person,
        what="risk",
        answer="objects",
        words="My own business",
        since=cast.today(),
        scheme=scheme,
        by=care_manager,
    )
    row = factories.signed(supported_person, care_manager)
    assert not row.copies.for_schemes().exists()
    assert_broken(
        "people.sharing_objected", actions.share_assessment, assessment=row, scheme=scheme, by=care_manager
    )


@pytest.mark.rule("risk.one_copy_each", "risk.copy_for_supporting_scheme", "risk.copy_of_what_holds")
def test_a_scheme_that_came_later_is_given_the_version_that_holds(person, scheme, other_scheme, care_manager):
    old = factories.signed(person, care_manager)
    cast.supports(person, scheme)
    give = {"scheme": scheme, "by": care_manager}
    assert not old.copies.for_schemes().exists()
    copy = actions.share_assessment(assessment=old, **give)
    assert list(COPY_TO_READ.open()) == [copy]
    assert_broken("risk.one_copy_each", actions.share_assessment, assessment=old, **give)
    assert_broken(
        "risk.copy_for_supporting_scheme",
        actions.share_assessment,
        assessment=old,
        scheme=other_scheme,
        by=care_manager,
    )
    factories.signed(person, care_manager, [factories.risk(hazard="Other")])
    assert_broken("risk.copy_of_what_holds", actions.share_assessment, assessment=old, **give)


def test_it_is_a_gap_that_a_scheme_holds_an_older_version(
    supported_person, team, care_manager, scheme_worker
):
    factories.signed(supported_person, care_manager)
    late = in_days(8)
    assert not holding_older_risks(late).exists(), "the only version there is"
    new = factories.signed(supported_person, care_manager, [factories.risk(hazard="Other")])
    assert not holding_older_risks(in_days(7)).exists(), "there is time to read it"
    found = {
        "subject_id": supported_person.pk,
        "person_id": supported_person.pk,
        "owner_organisation_id": team.pk,
    }
    assert list(holding_older_risks(late)) == [found]
    actions.acknowledge_copy(copy=new.copies.for_schemes().get(), by=scheme_worker)
    assert not holding_older_risks(late).exists()


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("risk_copy_is_for_one_reader", "UPDATE risk_riskcopy SET scheme_id = NULL WHERE reader = 'scheme'"),
        ("risk_copy_is_for_one_reader", "UPDATE risk_riskcopy SET reader = 'scheme' WHERE reader = 'person'"),
        ("risk_copy_given_by_somebody", "UPDATE risk_riskcopy SET done_on = '2030-01-01'"),
        ("risk_copy_given_by_somebody", "UPDATE risk_riskcopy SET how = 'paper' WHERE reader = 'person'"),
        (
            "risk_one_copy_each",
            "INSERT INTO risk_riskcopy (id, version, assessment_id, person_id, organisation_id, reader, sent_on, due_on, how)"
            " SELECT gen_random_uuid(), 1, assessment_id, person_id, organisation_id, reader, sent_on, due_on, how"
            " FROM risk_riskcopy WHERE reader = 'person'",
        ),
    ],
)
def test_direct_sql_cannot_break_a_copy(supported_person, care_manager, constraint, sql):
    factories.signed(supported_person, care_manager)
    assert_refused(constraint, lambda: run(sql))


# -- Weighing, what more is done, what restricts ---------------------------------------------------------

WEIGHED = {"likelihood": 2, "impact": 4}
MEASURES = [("Rings when she gets there", "person", ""), ("Waits at the corner", "other", "Mrs Ford")]


def test_a_risk_is_weighed_in_the_words_of_the_scale_of_its_day(person, care_manager):
    row = factories.signed(person, care_manager, [factories.risk(**WEIGHED)])
    scale = row.scale
    risk = row.risks.get()
    assert risk.weight == f"{scale.likelihood[1]}, {scale.impact[3].lower()}"
    assert Risk(assessment=row).weight == ""
    assert RiskAssessment.objects.get(pk=row.pk).scale == scale
    again = factories.signed(person, care_manager, [factories.risk(likelihood=3, impact=4)])
    assert not again.nothing_changed, "another weight is a change"


def test_what_more_is_done_goes_along_into_the_next_version_and_changes_it(person, care_manager):
    factories.signed(person, care_manager, [factories.risk(measures=MEASURES)])
    draft = actions.draft_assessment(person=person, by=care_manager)
    assert actions.as_facts(draft.risks.get())["measures"] == MEASURES
    facts = [factories.risk(hazard="First"), factories.risk(measures=MEASURES[:1])]
    actions.amend_assessment(assessment=draft, risks=facts, by=care_manager)
    first, second = draft.risks.all()
    assert (actions.as_facts(first)["measures"], actions.as_facts(second)["measures"]) == ([], MEASURES[:1])
    actions.amend_assessment(assessment=draft, risks=facts[1:], by=care_manager)
    assert RiskControl.objects.filter(risk__assessment=draft).count() == 1
    assert not factories.sign(draft, care_manager).nothing_changed


def test_direct_sql_cannot_touch_what_more_is_done_in_a_signed_version(person, care_manager):
    factories.signed(person, care_manager, [factories.risk(measures=MEASURES)])
    assert_refused("risk_signed_is_final", lambda: run("UPDATE risk_riskcontrol SET words = 'x'"))
    assert_refused("risk_signed_is_final", lambda: run("DELETE FROM risk_riskcontrol"))


@pytest.mark.rule(
    "risk.weighed_both_ways", "risk.restriction_in_words", "risk.control_has_words_and_somebody"
)
@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("risk.weighed_both_ways", {"likelihood": 2}),
        ("risk.weighed_both_ways", {"likelihood": 2, "impact": 7}),
        ("risk.restriction_in_words", {"restricts": True}),
        ("risk.restriction_in_words", {"why_restricts": "The door is locked"}),
        ("risk.control_has_words_and_somebody", {"measures": [("", "carer", "")]}),
        ("risk.control_has_words_and_somebody", {"measures": [("Waits", "other", "")]}),
    ],
)
def test_a_draft_refuses_half_a_weight_a_silent_restriction_and_half_a_control(
    person, care_manager, constraint, facts
):
    assert_broken(
        constraint, factories.draft, person=person, by=care_manager, risks=[factories.risk(**facts)]
    )


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("risk_weighed_both_ways", "UPDATE risk_risk SET impact = NULL"),
        ("risk_restriction_in_words", "UPDATE risk_risk SET restricts = true"),
        ("risk_control_has_words_and_somebody", "UPDATE risk_riskcontrol SET words = ''"),
        ("risk_control_number_once", "UPDATE risk_riskcontrol SET number = 1"),
    ],
)
def test_direct_sql_cannot_do_that_either(person, care_manager, constraint, sql):
    factories.draft(person, care_manager, [factories.risk(measures=MEASURES, **WEIGHED)])
    assert_refused(constraint, lambda: run(sql))


def test_the_form_asks_all_of_it_and_takes_the_decision_that_a_restriction_rests_on(
    client, supported_person, team, care_manager
):
    fact = LegalFact.objects.create(
        person=supported_person,
        organisation=team,
        kind="capacity",
        about="Going out alone",
        has_capacity=False,
        since=in_days(-5),
        risk_note="x",
    )
    draft = factories.draft(supported_person, care_manager)
    client.force_login(care_manager)
    address = reverse("risk:edit", args=[draft.pk])
    page_text = client.get(address)
    found = hidden(page_text)
    data = {
        **found,
        "risk-TOTAL_FORMS": "1",
        "risk-INITIAL_FORMS": "1",
        "risk-0-hazard": "Wanders off",
        "risk-0-kind": "person",
        "risk-0-controls": "The door is alarmed",
        "risk-0-if_it_goes_wrong": "Ring 999",
        "risk-0-responsible": "carer",
        "risk-0-likelihood": "3",
        "risk-0-impact": "4",
        "risk-0-restricts": "on",
        "risk-0-why_restricts": "She cannot leave alone",
        "risk-0-decision_id": str(fact.pk),
        "risk-0-more_1": "Walks with her at four",
        "risk-0-more_1_by": "carer",
        "own_view": "I like walks",
        **date_of("risk-0-next_review_on", in_days(90)),
        **CARD,
    }
    half = client.post(
        address, data | {"risk-0-impact": "", "risk-0-why_restricts": "", "risk-0-more_1_by": ""}
    )
    for words in (
        "how likely it is and by how bad",
        "nothing milder will do",
        "what is done, and who does it",
    ):
        assert words in text(half)
    answer = client.post(address, data)
    assert answer.status_code == 302, text(answer)
    risk = draft.risks.get()
    assert (risk.decision, risk.impact, risk.measures.get().words) == (fact, 4, "Walks with her at four")
    draft.refresh_from_db()
    assert draft.call_first == CARD["call_first"]
    signed = text(client.get(reverse("risk:sign", args=[draft.pk])))
    assert "It rests on:" in signed and "Walks with her at four" in signed
    unchanged = client.get(address)
    assert "Walks with her at four" in text(unchanged)


# -- On paper -------------------------------------------------------------------------------------------


@pytest.fixture
def on_paper(supported_person, care_manager):
    facts = factories.risk(hazard="Llŷr’s road, Nguyễn", measures=MEASURES, **WEIGHED)
    draft = factories.draft(supported_person, care_manager, [facts, factories.risk()], **CARD)
    factories.sign(draft, care_manager)
    return RiskAssessment.objects.get(pk=draft.pk)


@pytest.mark.parametrize("form", document.FORMATS)
def test_a_validator_for_pdf_ua_finds_nothing(on_paper, form):
    content = document.render(on_paper, form).content
    result = page.validate_pdf_bytes(content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        if form == "card":
            assert len(opened.pages) == 1


def test_the_card_says_whom_to_ring_and_when_it_is_looked_at_again(
    on_paper, care_manager, scheme_worker, client
):
    facts = document.facts_of(on_paper)
    assert [words for _section, words in facts["card"]] == list(CARD.values())
    check = actions.still_right(assessment=on_paper, seen_where="At home", by=care_manager)
    assert document.facts_of(on_paper)["due_on"] == check.due_on == cast.today() + relativedelta(months=12)
    client.force_login(scheme_worker)
    answer = client.get(reverse("risk:assessment_file", args=[on_paper.pk, "card"]))
    assert answer["Content-Type"] == "application/pdf"
    assert client.get(reverse("risk:assessment_file", args=[on_paper.pk, "other"])).status_code == 404


# -- Pages ----------------------------------------------------------------------------------------------


def test_the_pages_of_copies(client, supported_person, carer, care_manager, scheme_worker):
    row = factories.signed(supported_person, care_manager)
    copies = {copy.reader: copy for copy in row.copies.all()}
    client.force_login(care_manager)
    shown = text(client.get(row.get_absolute_url()))
    assert "Who has it" in shown and str(carer) in shown
    assert "Every scheme that supports" in text(client.get(reverse("risk:share", args=[row.pk])))
    give = reverse("risk:give_copy", args=[copies["carer"].pk])
    send(client, give, {"how": "paper"} | date_of("given_on", cast.today()))
    copies["carer"].refresh_from_db()
    assert copies["carer"].how == "paper"
    client.force_login(scheme_worker)
    send(client, reverse("risk:read_copy", args=[copies["scheme"].pk]))
    copies["scheme"].refresh_from_db()
    assert copies["scheme"].done_by == scheme_worker
    assert "Has it" in text(client.get(row.get_absolute_url()))


def test_the_page_of_a_version_costs_as_much_with_many_risks_and_copies(
    client, supported_person, carer, care_manager
):
    few = factories.signed(supported_person, care_manager, [factories.risk(measures=MEASURES)])
    client.force_login(care_manager)
    client.get(few.get_absolute_url())
    before = len(queries_of(client, few.get_absolute_url()))
    homes.carer(carer.household, carer.organisation)
    facts = [factories.risk(hazard=f"Risk {n}", measures=MEASURES) for n in range(5)]
    many = factories.signed(supported_person, care_manager, facts, why_nothing_changed="Four are new")
    after = len(queries_of(client, many.get_absolute_url()))
    assert after <= before and after <= 12


# -- Moved ------------------------------------------------------------------------------------------------


@pytest.mark.follower("risk.actions.checks.look_again_after_move")
def test_a_change_of_home_pulls_the_risk_review_forward(
    supported_person, home, council, scheme, care_manager
):
    row = factories.signed(supported_person, care_manager)
    old = homes.stay(supported_person, home, first=-30, end=0)
    new = homes.stay(supported_person, homes.home(council, scheme))
    MOVED.happened(stays=[(old, old)], on=cast.today(), by=care_manager)
    assert not LOOK_AGAIN.open().exists(), "two rows of one dwelling were joined: nobody moved"
    MOVED.happened(stays=[(old, new)], on=cast.today(), by=care_manager)
    wanted = LOOK_AGAIN.open().get()
    assert (wanted.assessment, wanted.why, wanted.due_on) == (
        row,
        "household",
        cast.today() + timedelta(days=7),
    )


@pytest.mark.follower("risk.actions.checks.look_again_at_home")
def test_who_comes_to_a_home_or_leaves_it_pulls_everybodys_risk_review_forward(
    supported_person, home, team, scheme, care_manager, scheme_worker
):
    row = factories.signed(supported_person, care_manager)
    lives_in(supported_person, home)
    other = cast.person(team, care_manager)
    facts = {"person": other, "household": home, "by": scheme_worker}
    places.claim_place(claim="night", period=DateRange(in_days(0), in_days(2)), state="booked", **facts)
    places.claim_place(claim="home", period=DateRange(in_days(5), None), **facts)
    assert not LOOK_AGAIN.open().exists(), "a night, or a place that is only held, changes no household"
    stay = places.claim_place(claim="home", period=DateRange(in_days(2), in_days(4)), state="booked", **facts)
    wanted = LOOK_AGAIN.open().get()
    assert (wanted.assessment, wanted.why, wanted.due_on) == (row, "household", in_days(7))
    for change in (
        lambda: places.end_stay(stay=stay, leaving_on=in_days(3), by=scheme_worker),
        lambda: places.add_member(household=home, given_name="Sam", relation="son", by=scheme_worker),
    ):
        actions.still_right(assessment=row, seen_where="At home", by=care_manager, why="Asked")
        assert not LOOK_AGAIN.open().exists()
        change()
        assert LOOK_AGAIN.open().get().assessment == row


def object_to(person, what, scheme, by, **facts):
    facts = {"answer": "objects", "words": "Not them", "since": in_days(0)} | facts
    return people.decide_sharing(person=person, what=what, scheme=scheme, by=by, **facts)


@pytest.mark.rule("people.sharing_objected")
def test_the_carers_of_a_scheme_get_no_copy_against_an_objection(
    supported_person, carer, scheme, care_manager
):
    copy = factories.signed(supported_person, care_manager).copies.get(reader="carer")
    given = {"copy": copy, "given_on": in_days(0), "by": care_manager}
    object_to(supported_person, "risk", scheme, care_manager)
    assert_broken("people.sharing_objected", actions.give_copy, how="paper", **given)
    again = factories.signed(supported_person, care_manager, why_nothing_changed="They object")
    assert set(again.copies.values_list("reader", flat=True)) == {"person"}
    object_to(supported_person, "risk", scheme, care_manager, ground="vital", told_on=in_days(0))
    assert actions.give_copy(how="paper", **given).done_on == in_days(0)
