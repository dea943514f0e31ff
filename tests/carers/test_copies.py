"""A copy of what a scheme keeps about a carer, or about somebody who lives with one: asked for, read through, handed over."""

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from carers import actions
from carers.models import Carer, CarerCopy, CarerCopyEntry, Household, HouseholdMember
from sharedlives.documents.models import IssuedDocument
from sharedlives.records.models import AccessLogEntry
from sharedlives.records.subject_access import LEFT, REGISTERS
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist.deadlines import REGISTRY
from tests.test_project import OURS

from .. import factories as cast
from . import factories

pytestmark = pytest.mark.django_db
CHECKED = {"harm_words": "Read with the duty manager: none.", "safeguarding_words": "No enquiry is open."}


@pytest.fixture
def carer(home, scheme, scheme_worker):
    row = factories.carer(home, scheme, worker=scheme_worker, skills="Makes bread with Rosie and Bashir")
    factories.approval(row, conditions="Not with Rosie at home")
    return row


@pytest.fixture
def member(home, scheme_worker):
    return actions.add_member(household=home, given_name="Rosie", relation="daughter", by=scheme_worker)


@pytest.fixture
def lodger(home, team):
    """Somebody who is supported in the home: a third person in the carer's copy."""
    person = cast.person(team, given_name="Bashir", family_name="Rahman")
    factories.stay(person, home, first=-400)
    return person


@pytest.fixture
def request_(scheme, carer, member, lodger, scheme_manager):
    return ask(scheme, scheme_manager, carer=carer)


def ask(scheme, by, **about):
    facts = {"identity": "Known to the scheme", "received_on": cast.today()} | about
    return actions.ask_for_carer_copy(scheme=scheme, by=by, **facts)


def all_decided(row, by):
    actions.decide_carer_names(
        request=row, decisions={str(name.pk): "out" for name in row.names.all()}, by=by
    )
    for entry in row.entries.filter(decision="open"):
        actions.decide_carer_entry(entry=entry, decision="give", by=by)
    return row


# -- Complete ---------------------------------------------------------------------------------------


def leads_to(model, ends, seen=()):
    """Whether some chain of keys leads from a row to one of the ends; what leads on through another person's record too."""
    for one in [*model._meta.concrete_fields, *model._meta.local_many_to_many]:
        to = one.remote_field and one.related_model
        if to in ends:
            return True
        if to and to in OURS and to is not model and to not in seen and leads_to(to, ends, (*seen, model)):
            return True
    return False


def keys_to(end):
    fields = [(m, f) for m in OURS for f in m._meta.concrete_fields]
    return {m._meta.label for m, f in fields if f.remote_field and f.related_model is end}


def test_every_model_with_a_path_to_a_carer_is_in_the_copy_or_left_out_for_a_reason():
    found = {model._meta.label for model in OURS if leads_to(model, {Carer})} | {"carers.Carer"}
    decided = set(REGISTERS["carer"]) | set(LEFT["carer"])
    assert found | keys_to(Household) <= decided, (found | keys_to(Household)) - decided
    assert not set(REGISTERS["carer"]) & set(LEFT["carer"])
    assert all(len(why) > 10 for why in LEFT["carer"].values())


def test_every_model_with_a_path_to_a_member_of_a_household_is_decided_about():
    found = {m._meta.label for m in OURS if leads_to(m, {HouseholdMember})} | {"carers.HouseholdMember"}
    assert found <= set(REGISTERS["member"]) | set(LEFT["member"])


@pytest.mark.parametrize("about", ["carer", "member"])
def test_each_path_leads_there(about, carer, member):
    subject = {"carer": carer, "member": member}[about]
    for part in REGISTERS[about].values():
        assert all(part.facts(row, subject) is not None for row in part.of(subject))
        assert set(part.leave) <= {f.name for f in part.model._meta.get_fields()}


# -- Asked for and read through -----------------------------------------------------------------------


def test_the_copy_is_put_together_at_once_with_the_names_of_others(request_, carer):
    told = {entry.part: dict(entry.facts) for entry in request_.entries.all()}
    assert told["Who you are"]["Reference"] == carer.reference
    assert told["What you are approved for"]["Conditions"] == "Not with Rosie at home"
    assert {name.name: name.who for name in request_.names.all()} == {
        "Rosie": "lives in the home: daughter",
        "Bashir Rahman": "supported in the home",
    }


def test_a_person_of_whom_an_approval_speaks_is_not_named(scheme, carer, lodger, scheme_manager):
    factories.approval(carer, only_for=lodger)
    row = ask(scheme, scheme_manager, carer=carer)
    said = [dict(entry.facts).get("Only for one person") for entry in row.entries.all()]
    assert "a person who is supported" in said


def test_to_whom_a_carer_is_close_is_held(scheme, carer, lodger, scheme_manager):
    actions.declare_tie(carer=carer, kind="family", person=lodger, words="CANARY", by=scheme_manager)
    row = ask(scheme, scheme_manager, carer=carer)
    entry = row.entries.get(part="People who are close to you")
    assert entry.decision == "open"
    assert "CANARY" not in json.dumps(entry.facts)


def test_who_lives_with_a_carer_gets_a_copy_of_their_own(scheme, member, lodger, carer, scheme_manager):
    row = ask(scheme, scheme_manager, member=member)
    assert row.entries.get(part="What is kept about you").title == "Rosie (daughter)"
    all_decided(row, scheme_manager)
    actions.release_carer_copy(request=row, by=scheme_manager, **CHECKED)
    words = bytes(row.documents.get(content_type="application/json").content).decode()
    assert "Rosie" in words
    assert carer.reference not in words


def test_the_clock_reminds_the_scheme_manager(scheme, carer, scheme_manager, scheme_worker):
    row = ask(scheme, scheme_manager, carer=carer, received_on=date(2026, 1, 31))
    assert row.due_on == date(2026, 2, 28)
    assert row.next_stage_on == row.due_on - timedelta(days=7)
    deadline = REGISTRY["carers.copy_due"]
    assert list(deadline.owed_by(scheme_manager)) == [row]
    assert not deadline.owed_by(scheme_worker).exists()
    assert deadline.responsible(row) == (None, scheme)


def test_no_request_arrives_tomorrow(scheme, carer, scheme_manager):
    with pytest.raises(RuleBroken, match="after today"):
        ask(scheme, scheme_manager, carer=carer, received_on=cast.today() + timedelta(days=1))


@pytest.mark.rule("carers.copy_one_open")
def test_one_copy_at_a_time(request_, scheme, carer, member, scheme_manager):
    with pytest.raises(RuleBroken, match="not handed over yet"), transaction.atomic():
        ask(scheme, scheme_manager, carer=carer)
    assert ask(scheme, scheme_manager, member=member).member == member


@pytest.mark.rule("carers.copy_name_once")
def test_a_name_is_added_only_where_it_stands_and_once(request_, scheme_manager):
    with pytest.raises(RuleBroken, match="stands nowhere"):
        actions.add_carer_name(request=request_, name="Zebedee", who="nobody", by=scheme_manager)
    with pytest.raises(RuleBroken, match="on the list already"), transaction.atomic():
        actions.add_carer_name(request=request_, name="Rosie", who="daughter", by=scheme_manager)
    actions.add_carer_name(request=request_, name="bread", who="a nickname", by=scheme_manager)
    assert request_.names.get(name="bread").decision == "out"


def test_nothing_leaves_undecided(request_, scheme_manager):
    with pytest.raises(RuleBroken, match="nobody has decided about: 2"):
        actions.release_carer_copy(request=request_, by=scheme_manager, **CHECKED)
    all_decided(request_, scheme_manager)
    entry = request_.entries.first()
    CarerCopyEntry.objects.filter(pk=entry.pk).update(decision="open")
    with pytest.raises(RuleBroken, match="until somebody decides: 1"):
        actions.release_carer_copy(request=request_, by=scheme_manager, **CHECKED)
    with pytest.raises(RuleBroken, match="only for a reason"):
        actions.decide_carer_entry(entry=entry, decision="keep", by=scheme_manager)


# -- Handed over --------------------------------------------------------------------------------------


def test_the_copy_is_made_without_the_names_and_what_was_put_together_is_cleared(
    request_, scheme_manager, carer
):
    all_decided(request_, scheme_manager)
    kept = request_.entries.get(part="What you are approved for")
    actions.decide_carer_entry(entry=kept, decision="keep", why="It would harm Rosie", by=scheme_manager)
    row = actions.release_carer_copy(request=request_, by=scheme_manager, **CHECKED)
    assert (row.state, row.closed_on, row.next_stage_on) == ("released", cast.today(), None)
    assert not row.entries.exists()
    machine, paper = row.documents.order_by("content_type")
    assert bytes(paper.content).startswith(b"%PDF")
    words = bytes(machine.content).decode()
    assert "Makes bread with [name of another person]" in words
    assert not [name for name in ("Rosie", "Bashir", "Not with") if name in words]
    assert IssuedDocument.objects.filter(person_id=carer.pk, kind="carers.copy").count() == 2
    with pytest.raises(RuleBroken, match="cannot be changed now"):
        actions.close_carer_copy(request=row, why="Again", by=scheme_manager)


def test_a_request_is_closed_with_a_reason(request_, scheme_manager):
    row = actions.close_carer_copy(request=request_, why="Taken back", by=scheme_manager)
    assert (row.state, row.closed_on, row.next_stage_on) == ("closed", cast.today(), None)
    assert not row.entries.exists()


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE carers_carercopy SET carer_id = NULL", "carers_copy_about_a_carer_or_a_member"),
        (
            "UPDATE carers_carercopy SET state = 'released', closed_on = due_on",
            "carers_copy_checked_before_release",
        ),
        ("UPDATE carers_carercopy SET state = 'closed'", "carers_copy_closed_with_day_and_reason"),
        (
            "INSERT INTO carers_carercopy (id, version, due_on, identity, received_on, state, harm_words, safeguarding_words,"
            " closed_because, carer_id, organisation_id, received_by_id) SELECT gen_random_uuid(), version, due_on, identity,"
            " received_on, state, harm_words, safeguarding_words, closed_because, carer_id, organisation_id, received_by_id"
            " FROM carers_carercopy",
            "carers_one_open_copy_each",
        ),
        ("UPDATE carers_carercopyentry SET number = 1", "carers_copy_entry_numbered_once"),
        ("UPDATE carers_carercopyentry SET decision = 'keep'", "carers_copy_kept_back_for_a_reason"),
        ("UPDATE carers_carercopyname SET name = 'Rosie'", "carers_copy_name_once"),
    ],
)
def test_the_database_keeps_it_too(request_, sql, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# -- Pages --------------------------------------------------------------------------------------------


def test_the_way_through_the_pages(client, carer, member, lodger, scheme_manager):
    client.force_login(scheme_manager)

    def send(page, *args, **typed):
        url = reverse(f"carers:{page}", args=args)
        assert client.get(url).status_code == 200
        answer = client.post(url, typed | {"form_key": new_key(scheme_manager)}, follow=True)
        assert answer.status_code == 200, answer.content.decode()[:3000]
        return answer.content.decode()

    day = {
        "received_on_0": cast.today().day,
        "received_on_1": cast.today().month,
        "received_on_2": cast.today().year,
    }
    page = send("ask_for_copy", carer.pk, identity="Known", **day)
    row = CarerCopy.objects.get()
    assert "Bashir Rahman" in page
    assert "What you are approved for" in page
    send("copy_names", row.pk, **{f"name_{name.pk}": "out" for name in row.names.all()})
    entry = row.entries.get(part="What you are approved for")
    assert "Kept back" in send("copy_entry", entry.pk, decision="keep", why="Harm")
    assert "bread" in send("add_copy_name", row.pk, name="bread", who="a nickname")
    assert "Files to hand over" in send("release_copy", row.pk, **CHECKED)
    document = row.documents.get(content_type="application/json")
    answer = client.get(reverse("carers:copy_document", args=[row.pk, document.pk]))
    assert "Rosie" not in answer.content.decode()
    assert AccessLogEntry.objects.filter(
        exported__startswith="copy for a carer", person_ids=[carer.pk]
    ).exists()
    send("ask_for_member_copy", member.pk, identity="Her mother asks", **day)
    assert "Closed" in send("close_copy", CarerCopy.objects.get(member=member).pk, why="Taken back")
    listed = client.get(reverse("carers:copies")).content.decode()
    assert carer.known_as in listed
    assert "Rosie" in listed


def test_who_has_looked_at_a_carer_and_at_those_who_live_there(
    client, carer, member, scheme_worker, scheme_manager
):
    client.force_login(scheme_worker)
    client.get(carer.get_absolute_url())
    client.get(carer.household.get_absolute_url())
    client.get(reverse("carers:carers"))
    assert AccessLogEntry.objects.filter(person_ids__contains=[carer.pk]).count() == 3
    assert AccessLogEntry.objects.filter(person_ids__contains=[member.pk]).count() == 1
    client.force_login(scheme_manager)
    page = client.get(reverse("carers:looked", args=[carer.pk])).content.decode()
    assert scheme_worker.name in page
    page = client.get(reverse("carers:member_looked", args=[member.pk])).content.decode()
    assert scheme_worker.name in page


def test_workers_and_other_schemes_find_nothing(client, request_, carer, member, scheme_worker, other_scheme):
    client.force_login(scheme_worker)
    assert client.get(reverse("carers:ask_for_copy", args=[carer.pk])).status_code == 403
    stranger = cast.user("Sue Stranger", other_scheme, "scheme_manager")
    client.force_login(stranger)
    assert not CarerCopy.objects.visible_to(stranger).exists()
    for name, row in (("copy", request_), ("ask_for_copy", carer), ("member_looked", member)):
        assert client.get(reverse(f"carers:{name}", args=[row.pk])).status_code == 404


def test_nobody_reads_the_copy_of_a_carer_to_whom_they_are_close(request_, carer, scheme, scheme_manager):
    kin = cast.user("Kim Kin", scheme, "scheme_manager")
    assert CarerCopy.objects.visible_to(kin).exists()
    actions.declare_tie(carer=carer, kind="family", user=kin, by=scheme_manager)
    assert not CarerCopy.objects.visible_to(cast.User.objects.get(pk=kin.pk)).exists()


def test_the_list_costs_the_same_however_many(
    client, request_, home, scheme, scheme_manager, django_assert_max_num_queries
):
    for _ in range(4):
        ask(scheme, scheme_manager, carer=factories.carer(home, scheme))
    client.force_login(scheme_manager)
    client.get(reverse("carers:copies"))
    with django_assert_max_num_queries(12):
        client.get(reverse("carers:copies"))
    with django_assert_max_num_queries(12):
        client.get(request_.get_absolute_url())
