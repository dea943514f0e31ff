"""Sharing decisions, the advocate, About me."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from people import actions, queries
from people.about import HEADINGS
from people.models import AboutMe, AdvocacyTest, LegalFactShare, SharingDecision
from people.rules import independence_warning
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist.deadlines import REGISTRY


def decide(person, by, answer="objects", **facts):
    facts = {"what": "plan", "words": "Not them. They told my mum.", "since": timezone.localdate()} | facts
    return actions.decide_sharing(person=person, answer=answer, by=by, **facts)


def test_about_me_stays_from_a_scheme_to_which_the_person_objects(
    supported_person, scheme, other_scheme, care_manager, scheme_worker
):
    words = {"writer": "person", "please_do": "Knock first"}
    actions.write_about_me(person=supported_person, by=care_manager, **words)
    seen = AboutMe.objects.visible_to(scheme_worker)
    decide(supported_person, care_manager, what="about_me", scheme=other_scheme)
    assert seen.count() == 1
    decide(supported_person, care_manager, what="about_me", scheme=scheme)
    assert not AboutMe.objects.visible_to(scheme_worker).exists()
    assert AboutMe.objects.visible_to(care_manager).count() == 1
    actions.write_about_me(person=supported_person, by=scheme_worker, **words)
    assert AboutMe.objects.visible_to(scheme_worker).get().number == 2
    decide(supported_person, care_manager, what="everything", answer="agrees", scheme=scheme)
    assert AboutMe.objects.visible_to(scheme_worker).count() == 2


# -- Sharing ---------------------------------------------------------------------------------------


def test_never_asked_is_allowed_and_an_objection_is_not(person, scheme, care_manager):
    assert queries.sharing_allowed(person, "plan", scheme, timezone.localdate()).allowed
    decision = decide(person, care_manager, scheme=scheme)
    found = queries.sharing_allowed(person, "plan", scheme, timezone.localdate())
    assert (found.allowed, found.decision) == (False, decision)
    assert queries.sharing_allowed(person, "risk", scheme, timezone.localdate()).allowed


def test_an_objection_to_everything_with_everybody_reaches_everyone(
    person, scheme, other_scheme, care_manager
):
    decide(person, care_manager, what="everything")
    assert not queries.sharing_allowed(person, "risk", scheme, timezone.localdate()).allowed
    assert not queries.sharing_allowed(person, "legal", other_scheme, timezone.localdate()).allowed


def test_the_newest_decision_holds_and_of_one_day_the_one_that_names_them(
    person, scheme, other_scheme, care_manager
):
    decide(person, care_manager, since=timezone.localdate() - timedelta(days=9))
    decide(person, care_manager, "agrees", since=timezone.localdate() - timedelta(days=2))
    assert queries.sharing_allowed(person, "plan", scheme, timezone.localdate()).allowed
    decide(person, care_manager, scheme=scheme, since=timezone.localdate() - timedelta(days=2))
    assert not queries.sharing_allowed(person, "plan", scheme, timezone.localdate()).allowed
    assert queries.sharing_allowed(person, "plan", other_scheme, timezone.localdate()).allowed


def test_a_decision_that_has_run_out_holds_no_longer(person, scheme, care_manager):
    decide(person, care_manager, since=date(2025, 1, 1), until=date(2025, 6, 1))
    assert queries.sharing_allowed(person, "plan", scheme, timezone.localdate()).allowed
    assert not queries.sharing_allowed(person, "plan", scheme, date(2025, 5, 31)).allowed


def test_a_lawful_ground_overrides_and_the_person_is_told(person, scheme, care_manager):
    decide(person, care_manager, ground="safeguarding", told_on=timezone.localdate())
    assert queries.sharing_allowed(person, "plan", scheme, timezone.localdate()).allowed


@pytest.mark.rule("people.override_is_told")
@pytest.mark.parametrize(
    "facts", [{"ground": "court"}, {"ground": "court", "answer": "agrees", "told_on": timezone.localdate()}]
)
def test_an_override_without_telling_or_without_objection_is_refused(person, care_manager, facts):
    with pytest.raises(RuleBroken, match="lawful ground"):
        decide(person, care_manager, **facts)


@pytest.mark.rule("people.sharing_dates")
def test_asked_again_after_it_was_asked_and_with_one_or_all(person, scheme, care_manager):
    contact = actions.add_contact(person=person, kind="friend", name="Kim", by=care_manager)
    with pytest.raises(RuleBroken, match="ask again"):
        decide(person, care_manager, until=timezone.localdate())
    with pytest.raises(RuleBroken, match="either a scheme or a contact"):
        decide(person, care_manager, scheme=scheme, contact=contact)


@pytest.mark.rule("people.sharing_objected")
def test_a_legal_fact_is_not_shared_against_an_objection(supported_person, scheme, care_manager):
    actions.record_legal_fact(
        person=supported_person,
        kind="section_117",
        about="Aftercare",
        since=timezone.localdate(),
        risk_note="None",
        by=care_manager,
    )
    share = LegalFactShare.objects.get()
    decide(supported_person, care_manager, what="legal", scheme=scheme)
    with pytest.raises(RuleBroken, match="Not them. They told my mum"):
        actions.share_legal_fact(share=share, by=care_manager)
    decide(
        supported_person,
        care_manager,
        what="legal",
        scheme=scheme,
        ground="law",
        not_told_because="Would flee",
    )
    assert actions.share_legal_fact(share=share, by=care_manager).shared_on == timezone.localdate()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("words = ''", "people_sharing_says_why"),
        ("ground = 'court'", "people_overridden_is_told_or_says_why"),
        ("answer = 'agrees', ground = 'court', told_on = since", "people_ground_only_against_objection"),
        ("until = since", "people_sharing_dates_in_order"),
        ("contact_id = %(contact)s", "people_sharing_with_one_or_all"),
    ],
)
def test_the_database_refuses_sharing_too(person, scheme, care_manager, change, constraint):
    row = decide(person, care_manager, scheme=scheme)
    contact = actions.add_contact(person=person, kind="friend", name="Kim", by=care_manager)
    values = {"contact": contact.pk, "id": row.pk}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as sql:
        sql.execute(f"UPDATE people_sharingdecision SET {change} WHERE id = %(id)s", values)


# -- Advocate --------------------------------------------------------------------------------------


def ask(person, by, **facts):
    answers = {
        "tested_on": timezone.localdate(),
        "understand": True,
        "remember": False,
        "weigh": False,
        "say": False,
    }
    return actions.ask_about_advocate(person=person, by=by, **(answers | facts))


def test_difficulty_and_nobody_suitable_owes_an_advocate(person, care_manager):
    test = ask(person, care_manager)
    deadline = REGISTRY["people.advocate_owed"]
    assert test.due_on == timezone.localdate() + timedelta(days=28)
    assert list(deadline.owed_by(care_manager)) == [test]
    actions.follow_advocacy(
        test=test, referred_to="Speak Up", referred_on=timezone.localdate(), by=care_manager
    )
    assert deadline.open().exists()
    advocate = actions.add_contact(person=person, kind="advocate", name="Dee", by=care_manager)
    actions.follow_advocacy(test=test, advocate=advocate, appointed_on=timezone.localdate(), by=care_manager)
    assert not deadline.open().exists()
    assert AdvocacyTest.objects.get().next_stage_on is None


def test_no_difficulty_owes_none(person, care_manager):
    test = ask(person, care_manager, understand=False)
    assert (test.due_on, test.next_stage_on, test.outcome[0]) == (None, None, "not_needed")


def test_asking_again_closes_what_the_earlier_test_owed(person, care_manager):
    ask(person, care_manager)
    ask(person, care_manager, understand=False)
    assert not REGISTRY["people.advocate_owed"].open().exists()


@pytest.mark.rule("people.appropriate_person")
@pytest.mark.parametrize(
    ("facts", "agrees"),
    [({"tie": "carer"}, True), ({"kind": "professional"}, True), ({}, False)],
)
def test_whoever_is_paid_or_not_wanted_cannot_help_instead(person, care_manager, facts, agrees):
    facts = {"kind": "family", "name": "Nasreen", "tie": "none"} | facts
    contact = actions.add_contact(person=person, by=care_manager, **facts)
    with pytest.raises(RuleBroken, match="Nasreen cannot be the person who helps"):
        ask(person, care_manager, appropriate_person=contact, person_agrees=agrees)


def test_family_whom_the_person_wants_can(person, care_manager):
    contact = actions.add_contact(person=person, kind="family", name="Nasreen", by=care_manager)
    test = ask(person, care_manager, appropriate_person=contact, person_agrees=True)
    assert test.due_on is None


@pytest.mark.rule("people.refusal_with_capacity")
@pytest.mark.parametrize("capacity", [None, False])
def test_only_a_person_with_capacity_can_say_no(person, care_manager, capacity):
    test = ask(person, care_manager)
    said = {"refused_on": timezone.localdate(), "refusal_words": "I do not want a stranger"}
    with pytest.raises(RuleBroken, match="still owed"):
        actions.follow_advocacy(test=test, had_capacity_to_refuse=capacity, by=care_manager, **said)
    actions.follow_advocacy(test=test, had_capacity_to_refuse=True, by=care_manager, **said)
    assert not REGISTRY["people.advocate_owed"].open().exists()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("refused_on = tested_on", "people_refusal_with_capacity"),
        ("appointed_on = tested_on", "people_appointed_names_advocate"),
        ("referred_on = tested_on", "people_referral_names_service"),
        ("appropriate_person_id = %(contact)s", "people_appropriate_person_is_agreed"),
    ],
)
def test_the_database_refuses_advocacy_too(person, care_manager, change, constraint):
    row = ask(person, care_manager)
    contact = actions.add_contact(person=person, kind="friend", name="Kim", by=care_manager)
    values = {"contact": contact.pk, "id": row.pk}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as sql:
        sql.execute(f"UPDATE people_advocacytest SET {change} WHERE id = %(id)s", values)


@pytest.mark.parametrize(
    ("tie", "named", "warned"),
    [
        ("none", True, ""),
        ("carer", False, ""),
        ("carer", True, "carer"),
        ("scheme", True, "scheme"),
        ("council", True, "council"),
    ],
)
def test_independence_is_computed(tie, named, warned):
    assert warned in independence_warning(tie=tie, named=named)
    assert bool(independence_warning(tie=tie, named=named)) == bool(warned)


# -- About me --------------------------------------------------------------------------------------


def write(person, by, **facts):
    return actions.write_about_me(
        person=person, by=by, **({"writer": "person", "most_important": "My cat"} | facts)
    )


def test_each_writing_is_a_new_version_stamped_with_its_writer(supported_person, care_manager, scheme_worker):
    write(supported_person, care_manager)
    second = write(
        supported_person,
        scheme_worker,
        writer="for_person",
        supported_by="Priya Nair",
        why_for_person="Tired",
    )
    assert [version.number for version in AboutMe.objects.all()] == [2, 1]
    assert second.stamp == f"Written by Priya Nair for {supported_person}: Tired"
    assert second.organisation.name == scheme_worker.current_memberships()[0].organisation.name


@pytest.mark.rule("people.about_me_is_final")
def test_a_version_stays_as_it_was_written_also_by_sql(person, care_manager):
    version = write(person, care_manager)
    for statement in (
        "UPDATE people_aboutme SET most_important = 'X' WHERE id = %s",
        "DELETE FROM people_aboutme WHERE id = %s",
    ):
        with (
            pytest.raises(IntegrityError, match="stays as it was written"),
            transaction.atomic(),
            connection.cursor() as sql,
        ):
            sql.execute(statement, [version.pk])


@pytest.mark.rule("people.about_me_helper")
@pytest.mark.parametrize(
    "facts", [{"writer": "supported"}, {"writer": "for_person", "supported_by": "Priya"}]
)
def test_about_me_names_the_helper_and_says_why(person, care_manager, facts):
    with pytest.raises(RuleBroken, match="who helped"):
        write(person, care_manager, **facts)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"writer": "supported"}, "people_about_me_names_the_helper"),
        ({"writer": "for_person", "supported_by": "X"}, "people_about_me_says_why_for_person"),
        ({"number": 1}, "people_about_me_version_once"),
    ],
)
def test_the_database_refuses_about_me_too(person, care_manager, columns, constraint):
    version = write(person, care_manager)
    copy = AboutMe.objects.get(pk=version.pk)
    copy.pk, copy._state.adding, copy.number = None, True, 2
    for name, value in columns.items():
        setattr(copy, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        AboutMe.objects.bulk_create(
            [AboutMe(**{f.attname: getattr(copy, f.attname) for f in AboutMe._meta.fields if f.name != "id"})]
        )


# -- Pages -----------------------------------------------------------------------------------------


def test_about_me_is_written_and_read_on_screen(client, person, care_manager):
    client.force_login(care_manager)
    address = reverse("people:write_about_me", args=[person.pk])
    assert all(heading.title in client.get(address).content.decode() for heading in HEADINGS)
    day = {"written_on_0": "1", "written_on_1": "6", "written_on_2": "2026"}
    typed = {"form_key": new_key(care_manager), "writer": "person", "please_do": "Knock first"} | day
    client.post(address, typed)
    page = client.get(reverse("people:about_me", args=[person.pk])).content.decode()
    assert "Knock first" in page
    assert f"Written by {person}" in page
    empty = client.post(address, typed | {"form_key": new_key(care_manager), "please_do": ""})
    assert empty.status_code == 422


def test_sharing_is_asked_and_shown_on_screen(client, person, care_manager):
    client.force_login(care_manager)
    day = {"since_0": "1", "since_1": "6", "since_2": "2026"}
    typed = {
        "form_key": new_key(care_manager),
        "what": "plan",
        "answer": "objects",
        "words": "Not my aunt",
    } | day
    client.post(reverse("people:decide_sharing", args=[person.pk]), typed)
    assert SharingDecision.objects.get().words == "Not my aunt"
    assert "Not my aunt" in client.get(reverse("people:sharing", args=[person.pk])).content.decode()
    assert "Objects to sharing" in client.get(person.get_absolute_url()).content.decode()


def test_the_advocate_is_asked_about_and_followed_on_screen(client, person, care_manager):
    client.force_login(care_manager)
    day = {"tested_on_0": "1", "tested_on_1": "6", "tested_on_2": "2026"}
    typed = {"form_key": new_key(care_manager), "weigh": "on"} | day
    answer = client.post(reverse("people:ask_about_advocate", args=[person.pk]), typed, follow=True)
    assert "Not referred yet" in answer.content.decode()
    address = AdvocacyTest.objects.get().get_absolute_url()
    typed = {
        "form_key": new_key(care_manager),
        "refused_on_0": "2",
        "refused_on_1": "6",
        "refused_on_2": "2026",
    }
    refused = client.post(address, typed | {"had_capacity_to_refuse": "no", "refusal_words": "No"})
    assert refused.status_code == 422
    assert "still owed" in refused.content.decode()
