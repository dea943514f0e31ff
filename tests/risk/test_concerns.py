"""Concerns: who may know of one, by which door; where it goes; how it is answered."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from carers import actions as carers
from people import actions as people
from people.models import Absence, Membership
from risk import actions
from risk.deadlines import CONCERN
from risk.models import Concern, ConcernAbout, ConcernLink, RiskPolicy
from risk.panels import CONCERNS
from sharedlives.forms import new_key
from sharedlives.permissions import Role
from sharedlives.records.models import AccessLogEntry
from sharedlives.worklist import queries as worklist
from sharedlives.worklist.actions import send_reminders
from sharedlives.worklist.models import Mail, ReminderCopy

from .. import factories as cast
from ..carers import factories as homes
from . import factories
from .test_actions import assert_broken, lives_in


def seen(user):
    user.__dict__.pop("_current_memberships", None)
    return set(Concern.objects.visible_to(user))


@pytest.fixture
def other_manager(council):
    """The manager of another team of the same council."""
    hilltop = cast.organisation("team", "Hilltop team", parent=council)
    return cast.user("Mona Hilltop", hilltop, Role.TEAM_MANAGER)


def told(as_of):
    """The names of those whom the clock has told of concerns by a day."""
    send_reminders(as_of=as_of, limit_seconds=None)
    copies = ReminderCopy.objects.filter(reminder__deadline="risk.concern")
    return list(copies.order_by("id").values_list("recipient__name", flat=True))


# -- Who may know --------------------------------------------------------------------------------------


def test_of_a_concern_about_a_carer_the_team_and_the_scheme_that_wrote_it_know(
    supported_person,
    care_manager,
    team_manager,
    scheme_worker,
    scheme_manager,
    charlie,
    commissioner,
    data_officer,
):
    found = factories.concern(supported_person, scheme_worker)
    for user in (care_manager, team_manager, scheme_worker, scheme_manager):
        assert seen(user) == {found}
    for user in (charlie, commissioner, data_officer):
        assert seen(user) == set()


def test_what_came_through_a_link_the_scheme_does_not_know(supported_person, care_manager, scheme_worker):
    found = factories.through(factories.link(supported_person, scheme_worker))
    assert (seen(care_manager), seen(scheme_worker)) == ({found}, set())


def test_about_the_scheme_the_council_alone_knows(
    supported_person, care_manager, scheme_worker, scheme_manager
):
    found = factories.concern(supported_person, scheme_worker, about=("scheme",))
    assert (seen(care_manager), seen(scheme_worker), seen(scheme_manager)) == ({found}, set(), set())


def test_whoever_works_for_council_and_scheme_does_not_know_of_one_about_the_scheme(
    supported_person, scheme, care_manager, scheme_worker
):
    found = factories.concern(supported_person, scheme_worker, about=("scheme",))
    assert seen(care_manager) == {found}
    Membership.objects.create(
        user=care_manager, organisation=scheme, role=Role.SCHEME_WORKER, since=cast.today()
    )
    assert seen(care_manager) == set()


def test_about_the_care_manager_her_manager_alone_knows(supported_person, care_manager, team_manager, team):
    colleague = cast.user("Colleague", team, Role.CARE_MANAGER)
    found = factories.through(factories.link(supported_person, care_manager), about=("care_manager",))
    assert found.about.get().user == care_manager
    assert (seen(team_manager), seen(care_manager), seen(colleague)) == ({found}, set(), set())


def test_about_the_manager_another_manager_answers_and_nobody_they_could_direct_knows(
    supported_person, care_manager, team_manager, other_manager
):
    found = factories.through(factories.link(supported_person, care_manager), about=("team_manager",))
    assert found.organisation.name == "Hilltop team"
    assert seen(other_manager) == {found}
    assert (seen(care_manager), seen(team_manager)) == (set(), set())


def test_about_a_manager_above_all_teams_no_manager_beneath_knows(
    supported_person, council, care_manager, team_manager, other_manager
):
    head = cast.user("Helen Head", council, Role.TEAM_MANAGER)
    found = factories.concern(supported_person, team_manager)
    ConcernAbout.objects.create(concern=found, kind="council", user=head)
    for user in (head, team_manager, other_manager, care_manager):
        assert seen(user) == set()


def test_about_somebody_else_at_the_council_another_team_answers(
    supported_person, care_manager, team_manager, other_manager
):
    found = factories.through(factories.link(supported_person, care_manager), about=("council",))
    assert (seen(other_manager), seen(team_manager), seen(care_manager)) == ({found}, set(), set())


def test_an_invisible_record_shows_to_no_other_manager(
    supported_person, care_manager, team_manager, other_manager
):
    factories.through(factories.link(supported_person, care_manager), about=("team_manager",))
    people.restrict(
        person=supported_person, kind="invisible", reason="x", allowed=[care_manager], by=team_manager
    )
    assert seen(other_manager) == set()


def test_emergency_access_cover_and_the_past_open_no_concern(
    supported_person, scheme, care_manager, scheme_worker, charlie, other_team
):
    found = factories.concern(supported_person, scheme_worker)
    people.open_emergency_access(person=supported_person, reason="Night call", by=charlie)
    assert seen(charlie) == set()
    cover = cast.user("Cover", other_team, Role.CARE_MANAGER)
    Absence.objects.create(user=care_manager, cover=cover, since=cast.today(), until=cast.today())
    assert seen(cover) == {found}, "cover stands in: the worker is not whom it is about"
    involvement = supported_person.involvements.get(organisation=scheme)
    people.end_involvement(involvement=involvement, on=cast.today(), by=care_manager)
    assert seen(scheme_worker) == set()


# -- Each door -----------------------------------------------------------------------------------------


@pytest.fixture
def about_the_care_manager(supported_person, care_manager, team_manager):
    return factories.through(factories.link(supported_person, team_manager), about=("care_manager",))


def test_no_page_no_list_no_file_no_panel_no_count_shows_it(
    client, about_the_care_manager, supported_person, care_manager
):
    client.force_login(care_manager)
    reference = about_the_care_manager.reference
    for path in (
        reverse("risk:concerns"),
        reverse("risk:concerns") + "?format=csv",
        reverse("risk:overview", args=[supported_person.pk]),
        supported_person.get_absolute_url(),
        reverse("home"),
        reverse("worklist:list_of", args=["waiting"]),
        reverse("worklist:list_of", args=["today"]) + "?format=csv",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        assert reference not in page.content.decode(), path
    for name in ("concern", "answer_concern", "concern_about", "concern_safeguarding"):
        assert client.get(reverse(f"risk:{name}", args=[about_the_care_manager.pk])).status_code == 404
    assert CONCERNS.facts(care_manager, supported_person) is None
    assert worklist.count(care_manager, "weeks", cast.today()) == 0
    page = client.post(reverse("people:find"), {"text": reference})
    assert reference not in page.content.decode().replace(f'value="{reference}"', "")


def test_no_reminder_reaches_them_and_the_ladder_skips_them(
    about_the_care_manager, care_manager, team_manager
):
    for days in (0, 3, 4, 8):
        told(cast.today() + timedelta(days=days))
    assert set(told(cast.today() + timedelta(days=9))) == {"Tom Ellery"}
    assert not Mail.objects.filter(recipient=care_manager).exists()
    assert not Mail.objects.exclude(reference="").exists(), "no reference of a person goes with it"


def test_who_becomes_manager_later_is_skipped_too(
    about_the_care_manager, team, care_manager, team_manager, other_manager
):
    """Whom it is about is made a manager of the team that answers: from then on another one is told."""
    Membership.objects.create(
        user=care_manager, organisation=team, role=Role.TEAM_MANAGER, since=cast.today()
    )
    assert told(cast.today()) == ["Mona Hilltop"]
    assert seen(care_manager) == set()


def test_a_look_at_a_concern_leaves_no_trace_with_the_person(
    client, about_the_care_manager, supported_person, team_manager
):
    client.force_login(team_manager)
    assert client.get(about_the_care_manager.get_absolute_url()).status_code == 200
    client.get(reverse("risk:concerns"))
    assert not AccessLogEntry.objects.filter(person_ids__contains=[supported_person.pk]).exists()
    assert AccessLogEntry.objects.filter(person_ids__contains=[about_the_care_manager.pk]).count() == 2


def test_django_admin_does_not_know_concerns():
    from django.contrib import admin

    assert {Concern, ConcernAbout} & set(admin.site._registry) == set()


def test_the_team_list_and_the_reminders_of_a_manager_keep_it_from_whom_it_is_about(
    client, supported_person, care_manager, team_manager, other_manager
):
    found = factories.through(factories.link(supported_person, care_manager), about=("team_manager",))
    told(found.due_on)
    client.force_login(team_manager)
    for path in (
        reverse("worklist:team"),
        reverse("worklist:team_list", args=["soon"]),
        reverse("worklist:reminders"),
    ):
        assert "A concern is to be answered" not in client.get(path).content.decode(), path


# -- Where it goes, and when ----------------------------------------------------------------------------


def test_unanswered_it_goes_to_the_worker_and_the_day_after_its_date_to_the_manager(
    supported_person, care_manager, team_manager
):
    found = factories.through(factories.link(supported_person, care_manager))
    assert found.due_on == cast.today() + timedelta(days=3)
    assert told(cast.today()) == ["Amina Yusuf"]
    assert told(found.due_on) == ["Amina Yusuf"] * 2
    assert told(found.due_on + timedelta(days=1)) == ["Amina Yusuf"] * 2 + ["Tom Ellery"]
    assert list(CONCERN.owed_by(care_manager)) == [found]


def test_a_council_has_its_own_clock(supported_person, council, care_manager):
    RiskPolicy.objects.create(council=council, in_force_from=cast.today(), concern_days=1)
    found = factories.through(factories.link(supported_person, care_manager))
    assert found.due_on == cast.today() + timedelta(days=1)


def test_a_public_one_goes_to_the_duty_team_and_is_joined_to_a_person(
    client, council, supported_person, care_manager, team_manager, other_manager
):
    RiskPolicy.objects.create(
        council=council, in_force_from=cast.today(), duty_team=other_manager.memberships.get().organisation
    )
    link = actions.make_link(made_for="public", by=team_manager)
    found = factories.through(link, person_words="Ahmad in Mill Lane")
    assert (seen(other_manager), seen(team_manager), seen(care_manager)) == ({found}, set(), set())
    assert list(CONCERN.owed_by(other_manager)) == [found]
    joined = actions.say_about(concern=found, person=supported_person, about=["carer"], by=other_manager)
    assert (joined.person, joined.reach, joined.organisation.name) == (
        supported_person,
        "team",
        "Riverside team",
    )
    assert seen(care_manager) == {found}


def test_saying_that_it_is_about_the_care_manager_takes_it_from_her(
    supported_person, care_manager, team_manager
):
    found = factories.through(factories.link(supported_person, team_manager))
    assert seen(care_manager) == {found}
    actions.say_about(concern=found, about=["care_manager"], by=team_manager)
    assert (seen(care_manager), seen(team_manager)) == (set(), {found})


# -- Answering -----------------------------------------------------------------------------------------


@pytest.mark.rule("risk.safe_way")
def test_the_answer_goes_the_safe_way_or_in_person(supported_person, care_manager):
    found = factories.concern(supported_person, care_manager)
    facts = {"concern": found, "outcome": "put_right", "answer": "We spoke to them", "by": care_manager}
    refusal = assert_broken("risk.safe_way", actions.answer_concern, answer_way="email", **facts)
    assert "by phone" in str(refusal)
    answered = actions.answer_concern(answer_way="phone", **facts)
    assert (answered.answered_by, answered.next_stage_on) == (care_manager, None)
    assert not CONCERN.open().exists()


def test_where_contact_is_not_safe_no_number_is_kept(supported_person, care_manager):
    found = factories.concern(supported_person, care_manager, safe_to_contact=False)
    assert (found.contact_way, found.contact_details, found.safe_to_contact) == ("none", "", False)
    facts = {"concern": found, "outcome": "nothing", "by": care_manager}
    assert_broken("risk.safe_way", actions.answer_concern, answer_way="letter", answer="x", **facts)


@pytest.mark.rule("risk.told_or_why_not")
def test_it_ends_with_what_they_were_told_or_why_not(supported_person, care_manager):
    found = factories.concern(supported_person, care_manager)
    facts = {"concern": found, "outcome": "nothing", "by": care_manager}
    assert_broken("risk.told_or_why_not", actions.answer_concern, answer_way="phone", **facts)
    assert_broken("risk.told_or_why_not", actions.answer_concern, answer_way="none", **facts)
    assert actions.answer_concern(answer_way="none", why_not_told="Gave no name", **facts).answered_on


@pytest.mark.rule("risk.concern_answered")
def test_one_answer(supported_person, care_manager):
    found = factories.concern(supported_person, care_manager)
    facts = {
        "concern": found,
        "outcome": "nothing",
        "answer_way": "none",
        "why_not_told": "x",
        "by": care_manager,
    }
    actions.answer_concern(**facts)
    assert_broken("risk.concern_answered", actions.answer_concern, **facts)
    assert_broken("risk.concern_answered", actions.say_about, concern=found, about=["carer"], by=care_manager)


@pytest.mark.rule("risk.wants_first")
def test_what_the_person_wants_is_asked_before_the_three_parts(supported_person, care_manager):
    found = factories.concern(supported_person, care_manager)
    test = {"has_needs": True, "at_risk": True, "cannot_protect": True, "by": care_manager}
    assert_broken("risk.wants_first", actions.decide_about_concern, concern=found, person_wants=" ", **test)
    decided = actions.decide_about_concern(concern=found, person_wants="It to stop", **test)
    assert decided.safeguarding_test == (True, True, True)
    incident = factories.incident(supported_person, care_manager)
    facts = {"incident": incident, "person": supported_person, "person_wants": "", **test}
    assert_broken("risk.wants_first", actions.decide_safeguarding, **facts)


# -- Links and the page without an account ----------------------------------------------------------------


def address(link):
    return reverse("concern:raise", args=[link.token])


def typed(client, link, **facts):
    page = client.get(address(link)).content.decode()
    once = page.split('name="once" value="')[1].split('"')[0]
    facts = {
        "danger_now": "False",
        "safe_to_contact": "True",
        "contact_way": "phone",
        "contact_details": "01632 960002",
        "about": ["carer"],
        "words": "Shouting",
        "raiser": "carer",
        "once": once,
    } | facts
    return client.post(address(link), facts)


def test_the_page_shows_nothing_of_the_person_and_the_reply_nothing_but_when(
    client, link, supported_person, care_manager
):
    page = client.get(address(link)).content.decode()
    for words in (
        supported_person.family_name,
        supported_person.given_name,
        supported_person.reference,
        care_manager.name,
        "Harbour",
    ):
        assert words not in page
    answer = typed(client, link)
    assert answer.status_code == 302
    found = Concern.objects.get()
    reply = client.get(answer["Location"]).content.decode()
    assert found.reference in reply
    assert f"{found.due_on:%-d %B %Y}" in reply
    for words in (supported_person.family_name, "Shouting", "01632"):
        assert words not in reply
    assert not AccessLogEntry.objects.exists()


def test_sent_twice_it_is_one_concern(client, link):
    page = client.get(address(link)).content.decode()
    once = page.split('name="once" value="')[1].split('"')[0]
    first, second = typed(client, link, once=once), typed(client, link, once=once)
    assert first["Location"].split(":")[0] == second["Location"].split(":")[0]
    assert Concern.objects.count() == 1


def test_of_the_token_only_its_hash_is_kept_and_another_one_opens_nothing(client, link):
    kept = ConcernLink.objects.get()
    assert link.token.split(".")[0] not in str(kept.__dict__)
    assert client.get(reverse("concern:raise", args=[kept.token_hash])).status_code == 404
    forged = link.token[:-1] + ("A" if link.token[-1] != "A" else "B")
    assert client.get(reverse("concern:raise", args=[forged])).status_code == 404
    assert client.get(reverse("concern:received", args=["forged"])).status_code == 404


@pytest.mark.rule("risk.link_closed")
def test_a_closed_link_and_one_past_its_day_open_nothing(client, link, scheme_worker):
    assert_broken("risk.link_closed", factories.through, link=link, on=link.expires_on + timedelta(days=1))
    actions.close_link(link=link, by=scheme_worker)
    assert client.get(address(link)).status_code == 410
    assert_broken("risk.link_closed", factories.through, link=link)


@pytest.mark.rule("risk.too_many_concerns")
def test_a_flooded_link_rests_for_an_hour(client, link):
    for _n in range(10):
        factories.through(link)
    assert_broken("risk.too_many_concerns", factories.through, link=link)
    assert typed(client, link).status_code == 429
    Concern.objects.update(received_at=timezone.now() - timedelta(hours=2))
    assert typed(client, link).status_code == 302


def test_one_internet_address_cannot_flood_all_links(client, supported_person, care_manager):
    answers = [typed(client, factories.link(supported_person, care_manager)).status_code for _n in range(13)]
    assert answers == [302] * 12 + [429]


def test_the_person_is_asked_in_easy_words(client, supported_person, care_manager):
    easy = factories.link(supported_person, care_manager, made_for="person")
    page = client.get(address(easy)).content.decode()
    assert "Tell us what is wrong" in page
    assert "Who are you?" not in page
    assert typed(client, easy).status_code == 302
    assert Concern.objects.get().raiser == "person"


@pytest.mark.rule("risk.one_public_link")
def test_one_public_link_for_a_council(team_manager):
    actions.make_link(made_for="public", by=team_manager)
    assert_broken("risk.one_public_link", actions.make_link, made_for="public", by=team_manager)


def test_a_link_shows_once_with_its_picture(client, supported_person, scheme_worker):
    from ..careplans.pages import send

    client.force_login(scheme_worker)
    path = reverse("risk:concern_links", args=[supported_person.pk])
    assert send(client, path, {"made_for": "relative"}).status_code == 302
    first, second = client.get(path).content.decode(), client.get(path).content.decode()
    assert "/concern/" in first and "<svg" in first
    assert "/concern/" not in second.replace("/risk/concern", "")


# -- Children in the home --------------------------------------------------------------------------------


@pytest.mark.rule("risk.officer_told_in_order")
def test_a_child_in_the_home_asks_for_the_designated_officer(
    client, supported_person, council, scheme, care_manager, scheme_worker
):
    today = cast.today()
    home = homes.home(council, scheme)
    lives_in(supported_person, home)
    grown = {"given_name": "Sam", "relation": "son", "by": scheme_worker}
    carers.add_member(household=home, born_in=today.replace(year=today.year - 18, month=1), **grown)
    found = factories.concern(supported_person, care_manager, about=("carer",))
    client.force_login(care_manager)
    ask = "tell the children’s designated officer"
    assert ask not in client.get(found.get_absolute_url()).content.decode()
    carers.add_member(household=home, born_in=today.replace(year=today.year - 9, month=1), **grown)
    assert ask in client.get(found.get_absolute_url()).content.decode()
    elsewhere = factories.concern(supported_person, care_manager, about=("family",))
    assert ask not in client.get(elsewhere.get_absolute_url()).content.decode()
    client.force_login(scheme_worker)
    own = factories.concern(supported_person, scheme_worker, about=("household",))
    assert ask not in client.get(own.get_absolute_url()).content.decode(), "the council tells them"
    for on in (today - timedelta(days=1), today + timedelta(days=1)):
        assert_broken(
            "risk.officer_told_in_order",
            actions.tell_designated_officer,
            concern=found,
            on=on,
            by=care_manager,
        )
    client.force_login(care_manager)
    typed = {"on_0": today.day, "on_1": today.month, "on_2": today.year, "form_key": new_key(care_manager)}
    page = client.post(
        reverse("risk:designated_officer", args=[found.pk]), typed, follow=True
    ).content.decode()
    assert ask not in page
    assert "designated officer was told on" in page


def test_told_is_told_by_somebody(supported_person, care_manager):
    found = factories.concern(supported_person, care_manager)
    with pytest.raises(IntegrityError, match="risk_officer_told_by_somebody"), transaction.atomic():
        Concern.objects.filter(pk=found.pk).update(officer_told_on=cast.today())
