"""Who may not live together: decided with a reason, masked where they do not both belong, and told where they would meet."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from carers import actions as homes
from carers.deadlines import KEPT_APART
from carers.gaps import kept_apart_and_together
from carers.models import KeptApart
from people.models import Identity, Person
from placements import actions, queries
from sharedlives.forms import new_key
from sharedlives.records.subject_access import REGISTERS
from sharedlives.rules import RuleBroken
from sharedlives.worklist.actions import check_stages, send_reminders
from sharedlives.worklist.models import ReminderCopy

from .. import factories as cast
from ..carers.factories import stay

pytestmark = pytest.mark.django_db
SECRET = "He was hit with a chair in 2019"


def ahead(days):
    return cast.today() + timedelta(days=days)


def apart(person, by, other=None, **facts):
    facts = {"source": "incident", "words": SECRET, "look_again_on": ahead(300)} | facts
    return homes.keep_apart(person=person, other=other, by=by, **facts)


@pytest.fixture
def other(team, other_team, scheme, scheme_worker):
    """Somebody of another council whom Harbour supports as well."""
    worker = cast.user("Olga Other", other_team, "care_manager")
    row = cast.person(other_team, worker=worker, given_name="Zoran", family_name="Otherson")
    return cast.supports(row, scheme, worker=scheme_worker).person


@pytest.fixture
def both(supported_person, other):
    return supported_person, other


# -- The decision ---------------------------------------------------------------------------------------


@pytest.mark.rule("carers.apart_from_somebody_else", "carers.apart_once", "carers.apart_for_a_reason")
@pytest.mark.rule("carers.apart_look_ahead")
def test_refusals(both, scheme_worker):
    person, other = both
    for facts, words in (
        ({"other": person}, "the person themselves"),
        ({"other": other, "words": " "}, "Nothing says why"),
        ({"other": other, "look_again_on": cast.today()}, "is not to come"),
    ):
        with pytest.raises(RuleBroken, match=words):
            apart(person, scheme_worker, **facts)
    row = apart(person, scheme_worker, other)
    with pytest.raises(RuleBroken, match="decided already"):
        apart(other, scheme_worker, person)
    assert apart(person, scheme_worker).other is None, "one of everybody stands beside it"
    for change, name in (
        ({"other": person}, "carers_apart_from_somebody_else"),
        ({"words": ""}, "carers_apart_for_a_reason"),
        ({"until": cast.today()}, "carers_apart_ended_with_date_and_reason"),
        ({"other": None}, "carers_apart_once"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            KeptApart.objects.filter(pk=row.pk).update(**change)


@pytest.mark.rule("carers.apart_ended_with_date_and_reason", "carers.apart_has_ended")
def test_it_is_looked_at_again_and_ends_with_a_reason(both, scheme_worker, scheme_manager):
    person, other = both
    row = apart(person, scheme_worker, other, look_again_on=ahead(1))
    assert list(KEPT_APART.owed_by(scheme_worker)) == [row]
    send_reminders(as_of=ahead(40), limit_seconds=None)
    copies = ReminderCopy.objects.filter(reminder__deadline="carers.kept_apart")
    assert [copy.recipient for copy in copies] == [scheme_manager]
    with pytest.raises(RuleBroken, match="is not to come"):
        homes.look_again_at_apart(row=row, words=SECRET, look_again_on=cast.today(), by=scheme_worker)
    homes.look_again_at_apart(row=row, words="As before", look_again_on=ahead(90), by=scheme_worker)
    row.refresh_from_db()
    assert row.due_on == ahead(90)
    with pytest.raises(RuleBroken, match="Nothing says why they may live"):
        homes.end_apart(row=row, why_ended=" ", by=scheme_worker)
    homes.end_apart(row=row, why_ended="They met with an advocate and made up", by=scheme_worker)
    assert not KeptApart.objects.holding().exists()
    assert not KEPT_APART.open().exists()
    with pytest.raises(RuleBroken, match="has ended on"):
        homes.end_apart(row=row, why_ended="Again", by=scheme_worker)
    assert check_stages(as_of=cast.today()).done["drifted"] == 0


# -- Who reads what -------------------------------------------------------------------------------------


def test_the_reason_and_the_other_name_are_for_those_who_work_with_both(
    client, both, scheme_worker, care_manager
):
    person, other = both
    row = apart(person, scheme_worker, other)
    pages = {}
    for user in (scheme_worker, care_manager):
        client.force_login(user)
        pages[user] = (
            client.get(row.get_absolute_url()).content.decode()
            + client.get(reverse("people:person", args=[person.pk])).content.decode()
            + client.get(reverse("carers:keep_apart", args=[person.pk])).content.decode()
        )
    for page in pages.values():
        assert page.count(f'href="{row.get_absolute_url()}"') == 2, (
            "from the person's page, and where it is decided"
        )
    assert SECRET in pages[scheme_worker]
    assert "Zoran" in pages[scheme_worker]
    assert SECRET not in pages[care_manager]
    assert "Zoran" not in pages[care_manager]
    assert "may not live with somebody with whom you do not work" in pages[care_manager]
    for name in ("look_again_at_apart", "end_apart"):
        assert client.get(reverse(f"carers:{name}", args=[row.pk])).status_code == 403
    client.force_login(
        cast.user(
            "Nobody Here",
            cast.organisation(
                "team", "Far", parent=care_manager.current_memberships()[0].organisation.council
            ),
            "care_manager",
        )
    )
    assert client.get(row.get_absolute_url()).status_code == 404
    client.force_login(other.involvements.get(role="funds").worker)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Zoran" in page
    assert person.family_name not in page


def test_a_copy_of_everything_tells_both_that_there_is_a_decision_and_neither_why(both, scheme_worker):
    person, other = both
    row = apart(person, scheme_worker, other)
    part = REGISTERS["person"][KeptApart._meta.label]
    for one in both:
        assert list(part.of(one)) == [row]
        told = str(part.facts(row, one))
        assert "another person" in told
        assert SECRET not in told
        assert not any(two.family_name in told for two in both)


@pytest.mark.rule("carers.apart_from_somebody_known")
def test_the_form_names_only_somebody_with_whom_one_works(client, both, care_manager, scheme_worker):
    person, other = both
    day = ahead(200)
    typed = {"who": "one", "reference": other.reference.lower(), "source": "risk", "words": SECRET}
    typed |= {"look_again_on_0": day.day, "look_again_on_1": day.month, "look_again_on_2": day.year}
    address = reverse("carers:keep_apart", args=[person.pk])
    client.force_login(care_manager)
    answer = client.post(address, typed | {"form_key": new_key(care_manager)})
    assert answer.status_code == 422
    assert "is among the people with whom you work" in answer.content.decode()
    assert SECRET in answer.content.decode()
    client.force_login(scheme_worker)
    assert client.post(address, typed | {"form_key": new_key(scheme_worker)}).status_code == 302
    row = KeptApart.objects.get()
    assert (row.other, row.organisation) == (other, scheme_worker.current_memberships()[0].organisation)
    again = reverse("carers:look_again_at_apart", args=[row.pk])
    when = {key: typed[key] for key in typed if key.startswith("look")}
    facts = when | {"words": "Still afraid", "form_key": new_key(scheme_worker), "form_version": row.version}
    assert client.post(again, facts).status_code == 302
    end = reverse("carers:end_apart", args=[row.pk])
    assert client.post(end, {"form_key": new_key(scheme_worker), "why_ended": "Made up"}).status_code == 302
    assert "Made up" in client.get(row.get_absolute_url()).content.decode()


def test_the_page_of_a_home_names_nobody_whom_one_does_not_know(client, both, home, scheme, scheme_worker):
    person, other = both
    stay(other, home)
    apart(person, scheme_worker, other)
    client.force_login(scheme_worker)
    page = client.get(home.get_absolute_url()).content.decode()
    assert f"{other} may not live with {person}" in page
    stranger = cast.user(
        "Second Scheme", cast.organisation("scheme", "Second", parent=scheme.parent), "scheme_worker"
    )
    homes.share_household(
        household=home, scheme=stranger.current_memberships()[0].organisation, by=scheme_worker
    )
    client.force_login(stranger)
    page = client.get(home.get_absolute_url()).content.decode()
    assert "Somebody here may not live with certain others" in page
    assert "Zoran" not in page
    assert str(person) not in page


# -- Where they would meet ----------------------------------------------------------------------------------


def living(fits):
    return [fit.fit for fit in fits if fit.code == "apart"]


def test_matching_says_so_without_a_name_and_only_where_it_bears(
    accepted, both, carer, scheme, scheme_worker, team
):
    person, other = both
    found = queries.candidate(accepted, carer, "live_in", cast.today())
    assert living(found.fits) == []
    row = apart(person, scheme_worker, other)
    assert living(queries.candidate(accepted, carer, "live_in", cast.today()).fits) == []
    stay(other, carer.household)
    found = queries.candidate(accepted, carer, "live_in", cast.today())
    assert living(found.fits) == ["no"]
    assert "Zoran" not in str(found.fits)
    page = queries.candidates(accepted, [scheme.pk], "live_in", cast.today())
    assert ("apart", "Living together", 0, 1, 0) in page.tally
    homes.end_apart(row=row, why_ended="Made up", by=scheme_worker)
    hermit = cast.supports(hermit_of(team), scheme, worker=scheme_worker).person
    apart(hermit, scheme_worker)
    assert living(queries.candidate(accepted, carer, "live_in", cast.today()).fits) == []
    stay(hermit, carer.household)
    assert living(queries.candidate(accepted, carer, "live_in", cast.today()).fits) == ["no"]


def hermit_of(team):
    return cast.person(team, given_name="Hermit", family_name="Alone")


def why(placement):
    return next(
        one.why
        for one in queries.standings(queries.move_of(placement, cast.today()))
        if one.gate.code == "apart"
    )


@pytest.mark.rule("placements.gate_apart")
def test_the_start_says_so_and_goes_on_with_a_reason(ready, both, home, scheme_worker):
    person, other = both
    row = apart(other, scheme_worker, person)
    assert why(ready) == ""
    there = stay(other, home)
    assert why(ready).startswith("on days from")
    with pytest.raises(RuleBroken, match="with whom they may not live"):
        actions.start(placement=ready, by=scheme_worker)
    there.state = "released"
    there.save()
    stay(other, home, claim="day", weekdays=1)
    assert why(ready), "a day together is a day together"
    homes.end_apart(row=row, why_ended="Made up", by=scheme_worker)
    assert actions.start(placement=ready, by=scheme_worker).state == "active"


def test_records_of_one_human_being_are_one(ready, both, home, scheme_worker, team):
    person, other = both
    twin = cast.person(team, given_name="Twin", family_name="Record")
    identity = Identity.objects.create()
    Person.objects.filter(pk__in=[person.pk, twin.pk]).update(identity=identity)
    ready.person.refresh_from_db()
    apart(twin, scheme_worker, other)
    stay(other, home)
    assert why(ready)
    hermit = apart(person, scheme_worker)
    homes.end_apart(row=KeptApart.objects.get(other=other), why_ended="Made up", by=scheme_worker)
    assert hermit.other is None
    assert why(ready)


def test_nobody_kept_apart_is_offered_in_an_emergency(both, emergency_carer, scheme, scheme_worker):
    person, other = both

    def offered():
        return [one.carer for one in queries.emergency_homes(person, [scheme.pk], cast.today())]

    apart(person, scheme_worker, other)
    assert offered() == [emergency_carer]
    stay(other, emergency_carer.household)
    assert offered() == []


def test_the_sweep_asks_whoever_decided_while_they_are_under_one_roof(both, home, scheme, scheme_worker):
    person, other = both
    row = apart(person, scheme_worker, other)
    stay(person, home)
    assert not kept_apart_and_together(cast.today()).exists()
    later = stay(other, home, claim="night", first=400, end=407)
    (gap,) = kept_apart_and_together(cast.today())
    assert (gap["subject_id"], gap["owner_organisation_id"]) == (person.pk, scheme.pk)
    later.delete()
    assert not kept_apart_and_together(cast.today()).exists()
    homes.end_apart(row=row, why_ended="Made up", by=scheme_worker)
    apart(other, scheme_worker)
    assert not kept_apart_and_together(cast.today()).exists()
    stay(other, home)
    assert kept_apart_and_together(cast.today()).exists()
