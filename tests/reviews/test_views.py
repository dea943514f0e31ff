"""The pages of reviews: who may open them, what they show, what they keep, what they cost."""

import io

import pikepdf
import pytest
from django.urls import reverse

from reviews import actions
from reviews.models import RecordCopy, Review, ReviewAction, ReviewDue
from reviews.queries import asked_of
from reviews.sections import SECTIONS
from sharedlives.records.models import AccessLogEntry, Draft

from .. import factories as cast
from . import factories
from .factories import ago, today

pytestmark = pytest.mark.django_db
CEILING = 12
TRANSACTION_CONTROL = 4  # the outer transaction of the request, and the test's own


@pytest.fixture
def browser(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def date_boxes(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def key_of(page):
    return page.context["form"]["form_key"].value()


def send(browser, path, **typed):
    """Open a form and send it, with its one-time key."""
    page = browser.get(path)
    assert page.status_code == 200, page.status_code
    return browser.post(path, {"form_key": key_of(page), **typed})


def errors(page):
    form = page.context["form"]
    return [message for messages in form.errors.values() for message in messages]


# -- The list --------------------------------------------------------------------------------------


def test_tiles_list_and_export_count_the_same(
    both, browser, care_manager, supported_person, other_scheme, team
):
    factories.started(supported_person, other_scheme, team, care_manager, on=ago(100))
    page = browser(care_manager).get(reverse("reviews:list"))
    assert page.context["tiles"] == {"open": 3, "overdue": 1, "coming": 2}
    for show, count in (("overdue", 1), ("coming", 2), ("", 3)):
        shown = browser(care_manager).get(reverse("reviews:list"), {"show": show})
        assert shown.context["list"].count == count
        lines = browser(care_manager).get(reverse("reviews:list"), {"show": show, "format": "csv"}).content
        assert len(lines.decode().strip().splitlines()) == count + 1
    assert AccessLogEntry.objects.filter(view="reviews:list", person_ids=[supported_person.pk]).exists()


@pytest.mark.parametrize("number", [10, 60])
def test_a_list_costs_the_same_however_long(
    number, browser, team, scheme, care_manager, django_assert_max_num_queries
):
    policy = None
    for _one in range(number // 2):
        person = cast.person(team, care_manager)
        policy = factories.started(person, scheme, team, care_manager)[1].policy
    assert policy is not None
    client = browser(care_manager)
    for address in ("?", "?show=overdue", "?sort=-worker", "?sort=meeting"):
        with django_assert_max_num_queries(CEILING + TRANSACTION_CONTROL):
            assert client.get(reverse("reviews:list") + address).status_code == 200


# -- Foreign rows and other jobs -------------------------------------------------------------------


@pytest.fixture
def held(both, placement, team, person, care_manager):
    factories.agreed(placement)
    factories.incident(person, team)
    promise = {"action-1-words": "Bus training", "action-1-owner": "Anna", "action-1-by": today().isoformat()}
    return factories.held(both, care_manager, **promise)


def addresses(review, due):
    scheduled = {"review", "guests", "add_guest", "assign", "cancel", "hold"}
    yield from (reverse(f"reviews:{name}", args=[due.pk]) for name in ("due", "schedule", "no_longer_owed"))
    yield from (reverse(f"reviews:{name}", args=[review.pk]) for name in sorted(scheduled))
    yield reverse("reviews:hold_section", args=[review.pk, "meeting"])
    yield reverse("reviews:new_service", args=[review.person_id])


def test_what_is_not_yours_is_not_there(both, browser, care_manager, charlie):
    review = factories.meeting(both, care_manager)
    for address in addresses(review, both[0]):
        assert browser(care_manager).get(address).status_code == 200, address
        assert browser(charlie).get(address).status_code == 404, address


def test_records_and_actions_of_others_are_not_there(held, browser, charlie, care_manager):
    actions.send_record(review=held, by=care_manager)
    copy, action = RecordCopy.objects.first(), ReviewAction.objects.get()
    for name, pk in (
        ("review", held.pk),
        ("send", held.pk),
        ("record_file", held.pk),
        ("copy", copy.pk),
        ("action", action.pk),
        ("give_up", action.pk),
    ):
        address = reverse(f"reviews:{name}", args=[pk])
        assert browser(charlie).get(address).status_code == 404, address
        assert browser(care_manager).get(address).status_code == 200, address


def test_a_scheme_worker_reads_the_dates_and_arranges_nothing(both, browser, scheme_worker, commissioner):
    due = both[1]
    page = browser(scheme_worker).get(due.get_absolute_url())
    assert page.status_code == 200
    assert "Arrange the meeting" not in page.content.decode()
    assert browser(scheme_worker).get(reverse("reviews:schedule", args=[due.pk])).status_code == 403
    assert browser(commissioner).get(reverse("reviews:list")).status_code == 403


def test_a_held_review_has_no_form_any_more(held, browser, care_manager):
    assert browser(care_manager).get(reverse("reviews:hold", args=[held.pk])).status_code == 404
    assert (
        browser(care_manager).get(reverse("reviews:hold_section", args=[held.pk, "views"])).status_code == 404
    )


def test_an_unknown_page_of_the_form_is_not_there(both, browser, care_manager):
    review = factories.meeting(both, care_manager)
    assert (
        browser(care_manager).get(reverse("reviews:hold_section", args=[review.pk, "nonsense"])).status_code
        == 404
    )


def test_a_meeting_cannot_be_sent_before_it_is_held(both, browser, care_manager):
    review = factories.meeting(both, care_manager)
    assert browser(care_manager).get(reverse("reviews:send", args=[review.pk])).status_code == 404


# -- Arranging -------------------------------------------------------------------------------------


def schedule_facts(both, user, on, **more):
    return {
        "dues": [due.pk for due in both],
        "kind": "annual",
        "place": "At home",
        "reviewer": user.pk,
        "reviewer_role": "care_manager",
        **date_boxes("planned_on", on),
        **more,
    }


def test_a_meeting_is_arranged_and_leads_to_its_guests(both, browser, care_manager):
    path = reverse("reviews:schedule", args=[both[0].pk])
    answer = send(browser(care_manager), path, **schedule_facts(both, care_manager, today()))
    review = Review.objects.get()
    assert answer.url == reverse("reviews:guests", args=[review.pk])
    assert (review.kind, review.subjects.count()) == ("first", 2)


def test_a_meeting_too_late_keeps_what_was_typed_and_asks_why(both, browser, care_manager):
    path = reverse("reviews:schedule", args=[both[0].pk])
    page = send(browser(care_manager), path, **schedule_facts(both, care_manager, ago(-90)))
    assert page.status_code == 422
    assert "is after the review is due" in page.context["form"].errors["why_late"][0]
    assert page.context["form"]["place"].value() == "At home"
    assert not Review.objects.exists()


def test_only_those_of_the_team_are_offered_as_reviewers(
    both, browser, care_manager, reviewing_officer, charlie
):
    page = browser(care_manager).get(reverse("reviews:schedule", args=[both[0].pk]))
    offered = set(page.context["form"].fields["reviewer"].queryset)
    assert offered == {care_manager, reviewing_officer}


def test_the_team_answers_for_a_review_no_longer_owed(both, browser, care_manager):
    path = reverse("reviews:no_longer_owed", args=[both[0].pk])
    assert send(browser(care_manager), path, why="Moved to another council").status_code == 302
    assert ReviewDue.objects.get(pk=both[0].pk).state == "void"


def test_a_new_service_comes_onto_the_list(both, browser, care_manager):
    path = reverse("reviews:new_service", args=[both[0].person_id])
    answer = send(
        browser(care_manager), path, service="Brook day service", **date_boxes("started_on", today())
    )
    assert answer.url == ReviewDue.objects.get(subject="service").get_absolute_url()


def test_guests_are_asked_about_and_invited_on_one_page(both, browser, care_manager):
    review = factories.meeting(both, care_manager)
    path = reverse("reviews:guests", args=[review.pk])
    typed = {}
    for guest in review.participants.all():
        typed |= {
            f"guest-{guest.pk}-wanted": "yes",
            f"guest-{guest.pk}-invite": "on",
            f"guest-{guest.pk}-format": "standard",
        }
    page = send(browser(care_manager), path, asked_how="", **typed)
    assert page.status_code == 422
    assert any("before the person was asked" in words for words in errors(page))
    answer = send(
        browser(care_manager), path, asked_how="With photos", **date_boxes("asked_on", today()), **typed
    )
    assert answer.status_code == 302
    assert not review.participants.filter(invited_on=None).exists()


def test_a_guest_is_added_and_a_meeting_cancelled(both, browser, care_manager):
    review = factories.meeting(both, care_manager)
    answer = send(
        browser(care_manager),
        reverse("reviews:add_guest", args=[review.pk]),
        name="Key worker",
        role="professional",
    )
    assert answer.url == reverse("reviews:guests", args=[review.pk])
    send(browser(care_manager), reverse("reviews:cancel", args=[review.pk]), because="hospital")
    review.refresh_from_db()
    assert review.state == "cancelled"


def test_a_reviewing_officer_is_assigned_and_can_then_hold(both, browser, care_manager, reviewing_officer):
    review = factories.meeting(both, care_manager)
    assert browser(reviewing_officer).get(review.get_absolute_url()).status_code == 404
    path = reverse("reviews:assign", args=[review.pk])
    facts = {"officer": reviewing_officer.pk, "why_not_care_manager": "Leave"}
    assert send(browser(care_manager), path, **facts).status_code == 302
    assert browser(reviewing_officer).get(reverse("reviews:hold", args=[review.pk])).status_code == 200


# -- Holding ---------------------------------------------------------------------------------------


def as_posted(name, value):
    """An answer of the draft as a browser sends it: dates in three boxes."""
    if name.endswith("_on") or name.endswith("-by"):
        year, month, day = value.split("-")
        return {f"{name}_0": day, f"{name}_1": month, f"{name}_2": year}
    return {name: value}


def test_a_review_is_held_page_by_page(both, placement, team, person, browser, care_manager):
    factories.agreed(placement)
    factories.incident(person, team)
    review = factories.meeting(both, care_manager)
    full = factories.answers(
        review, **{"action-1-words": "Bus", "action-1-owner": "Anna", "action-1-by": today().isoformat()}
    )
    client = browser(care_manager)
    for number, section in enumerate(SECTIONS):
        path = reverse("reviews:hold_section", args=[review.pk, section.slug])
        fields = client.get(path).context["form"].fields
        typed = {}
        for name in fields:
            if full.get(name):
                typed |= as_posted(name, full[name])
        answer = send(client, path, **typed)
        following = SECTIONS[number + 1].slug if number + 1 < len(SECTIONS) else None
        there = (
            ("reviews:hold_section", [review.pk, following]) if following else ("reviews:hold", [review.pk])
        )
        assert answer.url == reverse(there[0], args=there[1])
    page = client.get(reverse("reviews:hold", args=[review.pk]))
    assert {state for _title, state, _words, _url in page.context["rows"]} == {"done", "not_needed"}
    answer = send(client, reverse("reviews:hold", args=[review.pk]))
    assert answer.url == review.get_absolute_url()
    review.refresh_from_db()
    assert (review.state, review.persons_views) == ("held", full["persons_views"])
    record = client.get(review.get_absolute_url()).content.decode()
    assert "I want to cook on Fridays" in record
    assert "has not been sent yet" in record


def test_closing_too_early_says_everything_that_is_missing_at_once(both, browser, care_manager):
    review = factories.meeting(both, care_manager)
    page = send(browser(care_manager), reverse("reviews:hold", args=[review.pk]))
    assert page.status_code == 422
    assert len(errors(page)) == 11
    assert "Care Act 2014 s27" in " ".join(errors(page))
    review.refresh_from_db()
    assert review.state == "scheduled"


def test_an_impossible_date_is_refused_and_the_rest_of_the_page_is_kept(both, browser, care_manager):
    review = factories.meeting(both, care_manager)
    path = reverse("reviews:hold_section", args=[review.pk, "meeting"])
    wrong = {"held_on_0": "31", "held_on_1": "2", "held_on_2": "2027", "seen_where": "In the garden"}
    page = send(browser(care_manager), path, **wrong)
    assert page.status_code == 422
    assert "not a date in the calendar" in page.context["form"].errors["held_on"][0]
    assert Draft.objects.get().answers["seen_where"] == "In the garden"


def test_a_draft_is_its_writers_alone(both, browser, care_manager, team_manager):
    review = factories.meeting(both, care_manager)
    path = reverse("reviews:hold_section", args=[review.pk, "views"])
    send(browser(care_manager), path, persons_views="My own words")
    assert "My own words" in browser(care_manager).get(path).content.decode()
    assert "My own words" not in browser(team_manager).get(path).content.decode()


def test_what_was_written_last_time_stands_beside(held, browser, care_manager):
    review = factories.meeting(list(ReviewDue.objects.open()), care_manager)
    path = reverse("reviews:hold_section", args=[review.pk, "views"])
    assert "I want to cook on Fridays" in browser(care_manager).get(path).content.decode()


def test_only_what_may_stay_empty_is_called_optional(both, browser, care_manager):
    review = factories.meeting(both, care_manager)
    for section, optional in (("views", 0), ("meeting", 0), ("options", 1), ("decision", 2)):
        page = browser(care_manager).get(reverse("reviews:hold_section", args=[review.pk, section]))
        assert page.content.decode().count("(optional)") == optional, section


def test_another_action_gets_another_block(both, browser, care_manager):
    review = factories.meeting(both, care_manager)
    path = reverse("reviews:hold_section", args=[review.pk, "actions"])
    answer = send(browser(care_manager), path, more="1", **{"action-2-words": "Second"})
    assert answer.url == path
    fields = browser(care_manager).get(path).context["form"].fields
    assert "action-4-words" in fields
    later = send(browser(care_manager), path, later="1")
    assert later.url == reverse("reviews:hold", args=[review.pk])


def test_a_form_that_came_too_late_is_given_back_after_signing_in(both, browser, client, care_manager):
    review = factories.meeting(both, care_manager)
    path = reverse("reviews:hold_section", args=[review.pk, "views"])
    key = key_of(browser(care_manager).get(path))
    client.logout()
    answer = client.post(path, {"form_key": key, "persons_views": "Typed for an hour"})
    assert "next=/parked/" in answer.url
    client.force_login(care_manager)
    assert "Typed for an hour" in client.get(answer.url.split("next=")[1]).content.decode()


# -- The record ------------------------------------------------------------------------------------


def test_the_record_is_sent_and_each_copy_stays_as_it_went_out(held, browser, care_manager):
    path = reverse("reviews:send", args=[held.pk])
    assert send(browser(care_manager), path).url == held.get_absolute_url()
    copy = RecordCopy.objects.filter(participant__role="person").get()
    answer = browser(care_manager).get(reverse("reviews:copy", args=[copy.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == bytes(copy.document.content)
    assert str(pikepdf.open(io.BytesIO(answer.content)).Root.Lang) == "en-GB"
    entry = AccessLogEntry.objects.filter(view="reviews:copy").get()
    assert (entry.exported, entry.person_ids) == ("reviews.record", [held.person_id])


def test_whoever_was_invited_opens_their_own_copy_only(both, browser, care_manager, scheme_worker):
    review = factories.meeting(both, care_manager)
    review.participants.update(invited_on=today())
    actions.hold(review=review, answers=factories.answers(review), by=care_manager)
    actions.send_record(review=review, by=care_manager)
    own = RecordCopy.objects.get(participant__role="scheme_worker")
    other = RecordCopy.objects.get(participant__role="person")
    arrived, theirs = (reverse("reviews:arrived", args=[copy.pk]) for copy in (own, other))
    typed = {"arrived": "together", "arrived_words": "She kept it"} | date_boxes("arrived_on", today())
    assert browser(scheme_worker).get(theirs).status_code == 404
    assert send(browser(scheme_worker), arrived, **typed | {"arrived": "opened"}).status_code == 302
    assert send(browser(care_manager), theirs, **typed).url == review.get_absolute_url()
    page = browser(care_manager).get(review.get_absolute_url()).content.decode()
    assert "Read through together" in page
    assert "She kept it" in page
    assert browser(scheme_worker).get(reverse("reviews:copy", args=[own.pk])).status_code == 200
    assert browser(scheme_worker).get(reverse("reviews:copy", args=[other.pk])).status_code == 404


def test_whoever_was_there_says_what_is_wrong_for_themself_and_staff_for_everybody(
    both, browser, care_manager, scheme_worker
):
    other, review = (factories.meeting([due], care_manager) for due in both)
    for meeting, attended in ((review, "yes"), (other, "no")):
        meeting.participants.update(invited_on=today())
        key = meeting.participants.get(role="scheme_worker").pk
        answers = factories.answers(meeting) | {f"attended-{key}": attended}
        actions.hold(review=meeting, answers=answers, by=care_manager)
    path = reverse("reviews:say_wrong", args=[review.pk])
    worker, carer = (review.participants.get(role=role) for role in ("scheme_worker", "carer"))
    assert path in browser(scheme_worker).get(review.get_absolute_url()).content.decode()
    assert send(browser(scheme_worker), path, participant=carer.pk, words="Not mine").status_code == 422
    assert send(browser(scheme_worker), path, participant=worker.pk, words="It rained.").status_code == 302
    assert send(browser(care_manager), path, participant=carer.pk, words="I came late.").status_code == 302
    page = browser(care_manager).get(review.get_absolute_url()).content.decode()
    assert "It rained." in page
    assert "I came late." in page
    assert page.count("send the record again") == 2
    absent = reverse("reviews:say_wrong", args=[other.pk])
    assert browser(scheme_worker).get(absent).status_code == 404
    assert browser(care_manager).get(absent).status_code == 200


def test_the_record_as_a_file(held, browser, care_manager):
    path = reverse("reviews:record_file", args=[held.pk])
    assert browser(care_manager).get(path).content.startswith(b"%PDF")
    text = browser(care_manager).get(path, {"format": "plain_text"})
    assert "I want to cook on Fridays" in text.content.decode()
    assert browser(care_manager).get(path, {"format": "nonsense"}).content.startswith(b"%PDF")


def test_a_reminder_about_a_record_leads_to_its_meeting(held, browser, care_manager):
    path = reverse("reviews:record_owed", args=[held.record_owed.pk])
    assert browser(care_manager).get(path).url == held.get_absolute_url()


# -- What was agreed -------------------------------------------------------------------------------


def test_my_actions_and_what_becomes_of_them(held, browser, care_manager, scheme_worker):
    action = ReviewAction.objects.get()
    page = browser(care_manager).get(reverse("reviews:my_actions"))
    assert page.context["list"].count == 1
    assert (
        send(browser(care_manager), action.get_absolute_url(), **date_boxes("done_on", today())).status_code
        == 302
    )
    assert "Done" in browser(care_manager).get(action.get_absolute_url()).content.decode()
    assert browser(care_manager).get(reverse("reviews:my_actions")).context["list"].count == 0


def test_an_action_is_given_up_with_a_reason(held, browser, care_manager):
    action = ReviewAction.objects.get()
    path = reverse("reviews:give_up", args=[action.pk])
    assert send(browser(care_manager), path, gave_up_because="Moved").status_code == 302
    assert "Moved" in browser(care_manager).get(path).content.decode()


def test_a_due_page_tells_its_rounds(held, browser, care_manager, both):
    page = browser(care_manager).get(both[0].get_absolute_url())
    assert [row.cycle for row in page.context["rounds"]] == [2]
    assert not page.context["may_arrange"]
    assert asked_of(held, today=today()).carer


@pytest.mark.parametrize("name", ["review", "hold", "guests"])
def test_a_meeting_page_stays_within_the_ceiling(
    name, both, placement, browser, care_manager, django_assert_max_num_queries
):
    factories.agreed(placement)
    review = factories.meeting(both, care_manager)
    client = browser(care_manager)
    with django_assert_max_num_queries(CEILING + TRANSACTION_CONTROL):
        assert client.get(reverse(f"reviews:{name}", args=[review.pk])).status_code == 200
