"""Arranging a meeting, asking whom the person wants there, sending the record, seeing to what was agreed."""

import re
from datetime import timedelta
from functools import partial

import page
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from people import actions as people
from people.models import CommunicationNeed
from reviews import actions, codes, easy, rules
from reviews.gaps import SAID_TO_BE_WRONG
from reviews.models import Participant, RecordCopy, Review, ReviewDue
from sharedlives.documents import pdf
from sharedlives.documents.models import IssuedDocument
from sharedlives.rules import RuleBroken
from sharedlives.worklist.models import Mail

from . import factories
from .factories import ago, today

pytestmark = pytest.mark.django_db


def refused_by(call, **facts):
    with pytest.raises(RuleBroken) as refused:
        call(**facts)
    return refused.value.rule


@pytest.mark.rule("reviews.late_needs_reason")
def test_a_meeting_after_the_due_date_needs_a_reason_and_moves_nothing(both, care_manager, plan_due):
    late = plan_due.due_on + timedelta(days=1)
    facts = {"dues": both, "by": care_manager, "planned_on": late}
    assert refused_by(factories.meeting, why_late=" ", **facts) is rules.LATE_NEEDS_REASON
    factories.meeting(why_late="In hospital until then", **facts)
    assert ReviewDue.objects.get(pk=plan_due.pk).due_on == plan_due.due_on


@pytest.mark.rule("reviews.one_meeting_a_due")
def test_one_meeting_at_a_time_is_planned_for_a_review(both, care_manager):
    review = factories.meeting(both, care_manager)
    assert refused_by(factories.meeting, dues=both, by=care_manager) is rules.ONE_MEETING_A_DUE
    actions.cancel(review=review, because="declined", words="", by=care_manager)
    assert factories.meeting(both, care_manager).state == "scheduled"


@pytest.mark.rule("reviews.window")
def test_reviews_far_apart_need_two_meetings(plan_due, agreement_due, care_manager):
    factories.held([plan_due], care_manager)
    far = ReviewDue.objects.open().get(subject="care_plan")
    assert refused_by(factories.meeting, dues=[agreement_due, far], by=care_manager) is rules.WINDOW


def test_a_meeting_is_about_one_person(both, other_team, scheme, charlie):
    from ..factories import person

    elsewhere = factories.started(person(other_team, charlie), scheme, other_team, charlie)[1]
    with pytest.raises(ValueError, match="one person"):
        factories.meeting([both[0], elsewhere], charlie)


@pytest.mark.rule("reviews.not_care_manager")
def test_somebody_else_than_the_care_manager_needs_a_reason(both, care_manager, reviewing_officer):
    facts = {
        "dues": both,
        "by": care_manager,
        "reviewer": reviewing_officer,
        "reviewer_role": "reviewing_officer",
    }
    assert refused_by(factories.meeting, **facts) is rules.NOT_CARE_MANAGER


def test_first_reviews_are_called_so(both, care_manager):
    assert factories.meeting(both, care_manager).kind == "first"


def test_those_around_the_person_are_proposed_and_only_the_person_is_invited(
    both, care_manager, person, scheme_worker
):
    person.contacts.create(kind="advocate", name="Joy Bell")
    person.communication_needs.create(
        kind="format", words="Large print, 18 point", format=CommunicationNeed.Format.LARGE_PRINT
    )
    review = factories.meeting(both, care_manager)
    guests = {guest.role: guest for guest in review.participants.all()}
    assert set(guests) == {"person", "carer", "scheme_worker", "advocate"}
    assert guests["scheme_worker"].user == scheme_worker
    assert guests["person"].format == "large_print"
    assert [role for role, guest in guests.items() if guest.invited_on] == ["person"]


def test_a_meeting_about_the_plan_alone_has_the_same_people_around_it(
    plan_due, agreement_due, care_manager, person, scheme, team
):
    factories.placement(
        person, scheme, team, started=ago(400), state="ended", ended_on=ago(100), end_reason="moved_on"
    )
    review = factories.meeting([plan_due], care_manager)
    carer = agreement_due.placement.carer.known_as
    guests = sorted((guest.role, guest.name) for guest in review.participants.all())
    assert guests == [("carer", carer), ("person", person.known_as), ("scheme_worker", "Priya Nair")]


def test_the_persons_copy_is_in_the_format_that_they_need_now(both, care_manager, person):
    for form, until in (("plain_text", None), ("large_print", None), ("easy_read", ago(1))):
        person.communication_needs.create(kind="format", words=form, format=form, until=until)
    assert factories.meeting(both, care_manager).participants.get(role="person").format == "large_print"
    person.communication_needs.update(until=None)
    assert actions.meeting.format_for(person) == "easy_read"


# -- Guests ----------------------------------------------------------------------------------------


def choices(review, **by_role):
    plain = {"wanted": "not_said", "invite": False, "why_differs": "", "format": "standard"}
    return {str(guest.pk): plain | by_role.get(guest.role, {}) for guest in review.participants.all()}


YES = {"wanted": "yes", "invite": True}
NO_BUT_INVITED = {"wanted": "no", "invite": True}


def set_guests(review, by, guests, asked_on=None, asked_how=""):
    return actions.set_guests(review=review, asked_on=asked_on, asked_how=asked_how, guests=guests, by=by)


@pytest.mark.rule("reviews.asked_first", "reviews.wishes_followed")
def test_nobody_is_invited_before_the_person_was_asked_nor_against_a_wish_without_a_reason(
    both, care_manager
):
    review = factories.meeting(both, care_manager)
    guests = choices(review, carer=NO_BUT_INVITED, scheme_worker={"wanted": "yes"})
    with pytest.raises(RuleBroken) as refused:
        set_guests(review, care_manager, guests)
    assert [error.code for error in refused.value.error_list] == [
        "reviews.asked_first",
        "reviews.wishes_followed",
        "reviews.wishes_followed",
    ]
    assert not review.participants.exclude(role="person").exclude(invited_on=None).exists()


def test_a_wish_not_followed_says_why(both, care_manager):
    review = factories.meeting(both, care_manager)
    guests = choices(review, person=YES, carer=NO_BUT_INVITED | {"why_differs": "Only for the last part"})
    set_guests(review, care_manager, guests, asked_on=today(), asked_how="With photos")
    carer = review.participants.get(role="carer")
    assert (carer.invited_on, carer.why_differs) == (today(), "Only for the last part")
    set_guests(
        review, care_manager, choices(review, person=YES, carer={"wanted": "no"}), today(), "With photos"
    )
    carer.refresh_from_db()
    assert carer.invited_on is None
    assert not carer.gets_a_copy


def test_somebody_else_is_added_once(both, care_manager):
    review = factories.meeting(both, care_manager)
    for _time in range(2):
        actions.add_guest(review=review, name="Key worker", role="professional", by=care_manager)
    assert review.participants.filter(name="Key worker").count() == 1


# -- The record ------------------------------------------------------------------------------------


@pytest.fixture
def held(both, placement, team, care_manager, person):
    factories.agreed(placement, "Meals together")
    factories.incident(person, team)
    review = factories.meeting(both, care_manager)
    guests = choices(review, person=YES, scheme_worker=YES, carer={"wanted": "no"})
    set_guests(review, care_manager, guests, today(), "With photos")
    promise = {
        "action-1-words": "Bus training",
        "action-1-owner": "Priya Nair",
        "action-1-by": today().isoformat(),
    }
    carer = review.participants.get(role="carer")
    facts = factories.answers(
        review, decisions="Go on.\nAs now.", **promise, **{f"attended-{carer.pk}": "no"}
    )
    return actions.hold(review=review, answers=facts, by=care_manager)


@pytest.mark.parametrize("wanted", ["standard", "large_print", "easy_read"])
def test_the_record_is_a_pdf_that_a_validator_for_pdf_ua_accepts(held, wanted):
    rendered = actions.render_record(held, wanted)
    assert (rendered.content_type, rendered.filename[-4:]) == ("application/pdf", ".pdf")
    result = page.validate_pdf_bytes(rendered.content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]


def test_every_fixed_sentence_of_easy_read_is_short_and_every_answer_has_one():
    for words in easy.FIXED:
        for sentence in re.split(
            r"(?<=[.?!])\s+", words.format_map({"day": "30 September 2027", "who": "Priya Nair"})
        ):
            assert len(sentence.split()) <= 15, sentence
    assert set(easy.PREFERENCES) == set(codes.Options)
    assert set(easy.RATINGS) == set(codes.Rating)
    assert set(easy.OUTCOMES) == set(Review.Outcome)


def test_easy_read_says_what_was_said_and_agreed_and_nothing_private(held, monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: False)
    rendered = actions.render_record(held, "easy_read")
    text = rendered.content.decode()
    order = (
        "OUR MEETING",
        "WHO WAS THERE",
        "I want to cook on Fridays",
        easy.PREFERENCES["as_now"],
        easy.OUTCOMES["no_change"],
        "Go on.",
        "Bus training",
        "Priya Nair will do this by",
        easy.SOONER,
        *easy.IF_WRONG,
    )
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert rendered.filename.endswith(".txt")
    assert "does not want" not in text
    assert "{" not in text


def test_the_record_as_text_holds_what_was_said_and_nothing_private(held):
    text = actions.render_record(held, "plain_text").content.decode()
    for words in (
        "I want to cook on Fridays",
        "We get on well",
        "Meals together",
        "Bus training",
        "Priya Nair",
    ):
        assert words in text
    assert "does not want" not in text


def test_without_pdfs_the_record_goes_as_text(held, settings):
    settings.PDF_OFF = True
    assert actions.render_record(held).content_type.startswith("text/plain")


def test_every_guest_gets_the_bytes_and_a_row_and_nobody_who_is_not_wanted(held, care_manager, scheme_worker):
    review = actions.send_record(review=held, by=care_manager)
    copies = {
        copy.participant.role: copy for copy in RecordCopy.objects.select_related("participant", "document")
    }
    assert set(copies) == {"person", "scheme_worker"}
    assert copies["person"].way == "paper"
    assert copies["scheme_worker"].way == "link"
    assert IssuedDocument.objects.filter(kind="reviews.record", person_id=held.person_id).count() == 2
    assert (review.state, review.sent_on, review.record_owed.next_stage_on) == ("sent", today(), None)
    mail = Mail.objects.get()
    assert (mail.recipient, mail.path) == (scheme_worker, review.get_absolute_url())
    assert held.person.family_name not in mail.reference


def test_a_record_sent_again_is_another_row_a_copy(held, care_manager):
    actions.send_record(review=held, by=care_manager)
    review = actions.send_record(review=held, by=care_manager)
    assert RecordCopy.objects.count() == 4
    assert review.sent_on == today()


@pytest.mark.rule("reviews.copy_arrives_after_it_is_sent")
def test_what_became_of_a_copy_is_said_with_its_day_and_as_often_as_more_is_known(held, care_manager):
    actions.send_record(review=held, by=care_manager)
    copy = RecordCopy.objects.get(participant__role="person")
    say = partial(actions.say_what_became, copy=copy, by=care_manager)
    for day in (ago(1), today() + timedelta(days=1)):
        assert refused_by(say, arrived="posted", arrived_on=day) is rules.ARRIVES_AFTER
    say(arrived="back", arrived_on=today(), arrived_words=" Moved away ")
    copy = say(arrived="handed", arrived_on=today())
    assert (copy.get_arrived_display(), copy.arrived_words) == ("Given by hand", "")
    assert [was.arrived for was in copy.history.order_by("history_id")] == ["", "back", "handed"]
    wrong = {
        "reviews_copy_arrives_after_it_is_sent": {"arrived_on": ago(1)},
        "reviews_copy_arrived_on_a_day": {"arrived": ""},
    }
    for name, facts in wrong.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            RecordCopy.objects.filter(pk=copy.pk).update(**facts)


@pytest.mark.rule("reviews.not_held")
def test_nothing_is_sent_of_a_meeting_that_was_not_held(both, care_manager):
    review = factories.meeting(both, care_manager)
    assert refused_by(actions.send_record, review=review, by=care_manager) is rules.NOT_HELD


@pytest.mark.rule("reviews.was_there")
@pytest.mark.rule("reviews.remark_in_words")
def test_what_somebody_says_is_wrong_stays_with_the_record_and_its_later_copies(
    held, care_manager, monkeypatch
):
    monkeypatch.setattr(pdf, "available", lambda: False)
    before = held.persons_views
    carer, scheme_worker = (held.participants.get(role=role) for role in ("carer", "scheme_worker"))
    say = partial(actions.say_what_is_wrong, review=held, by=care_manager)
    absent = Participant.objects.create(review=held, name="Joy Bell", role="advocate", attended=False)
    assert refused_by(say, participant=absent, words="Wrong") is rules.WAS_THERE
    assert refused_by(say, participant=scheme_worker, words=" ") is rules.REMARK_IN_WORDS
    actions.send_record(review=held, by=care_manager)
    assert list(SAID_TO_BE_WRONG.found(today())) == []
    say(participant=scheme_worker, words="It was a Tuesday.")
    team = held.organisation_id
    row = {"subject_id": held.person_id, "person_id": held.person_id, "owner_organisation_id": team}
    assert list(SAID_TO_BE_WRONG.found(today())) == [row]
    assert not Mail.objects.filter(template="record_remark").exists()  # the reviewer wrote it down
    say(participant=scheme_worker, words="And it rained.", by=scheme_worker.user)
    assert Mail.objects.get(template="record_remark").recipient == care_manager
    assert [remark.words for remark in held.remarks.all()] == ["It was a Tuesday.", "And it rained."]
    changes = (
        lambda rows: rows.update(words="It was a Monday."),
        lambda rows: rows._raw_delete("default"),
        lambda rows: rows.update(copied_on=today()) and rows.update(copied_on=None),
    )
    for change in changes:
        with pytest.raises(IntegrityError, match="stays as it was said"), transaction.atomic():
            change(held.remarks.all())
    assert carer.remarks.count() == 0
    for form in ("plain_text", "easy_read"):
        assert "It was a Tuesday." in actions.render_record(held, form).content.decode()
    actions.send_record(review=held, by=care_manager)
    assert list(SAID_TO_BE_WRONG.found(today())) == []
    held.refresh_from_db()
    assert held.persons_views == before


def test_nothing_is_wrong_with_a_record_that_is_not_there(both, care_manager):
    review = factories.meeting(both, care_manager)
    guest = review.participants.get(role="person")
    facts = {"review": review, "participant": guest, "words": "Wrong", "by": care_manager}
    assert refused_by(actions.say_what_is_wrong, **facts) is rules.NOT_HELD


@pytest.mark.rule("reviews.nobody_to_send_to")
def test_a_record_that_would_reach_nobody_is_not_sent(both, care_manager):
    review = factories.meeting(both, care_manager)
    Participant.objects.filter(review=review).update(invited_on=None)
    nobody = {f"attended-{guest.pk}": "no" for guest in review.participants.all()}
    actions.hold(review=review, answers=factories.answers(review, **nobody), by=care_manager)
    assert refused_by(actions.send_record, review=review, by=care_manager) is rules.NOBODY_TO_SEND_TO


# -- What was agreed -------------------------------------------------------------------------------


@pytest.mark.rule("reviews.done_date", "reviews.action_closed")
def test_an_action_is_done_once_between_the_review_and_today(held, scheme_worker):
    action = held.actions.get()
    for day in (ago(1), today() + timedelta(days=1)):
        facts = {"action": action, "done_on": day, "by": scheme_worker}
        assert refused_by(actions.finish_action, **facts) is rules.DONE_DATE
    action = actions.finish_action(action=action, done_on=today(), by=scheme_worker)
    assert (action.done_on, action.next_stage_on) == (today(), None)
    facts = {"action": action, "gave_up_because": "No", "by": scheme_worker}
    assert refused_by(actions.give_up_action, **facts) is rules.ACTION_CLOSED


def test_an_action_is_given_up_with_its_reason(held, scheme_worker):
    action = actions.give_up_action(action=held.actions.get(), gave_up_because="Moved away", by=scheme_worker)
    assert (action.is_open, action.next_stage_on) == (False, None)


# -- Against an objection ------------------------------------------------------------------------------


def object_to(person, by, **facts):
    facts = {"what": "review", "answer": "objects", "words": "They gossip", "since": today()} | facts
    return people.decide_sharing(person=person, by=by, **facts)


@pytest.mark.rule("people.sharing_objected")
def test_nobody_is_invited_to_whom_the_person_objects(both, person, scheme, care_manager):
    review = factories.meeting(both, care_manager)
    object_to(person, care_manager, scheme=scheme)
    asked = {"asked_on": today(), "asked_how": "With photos"}
    for role in ("scheme_worker", "carer"):
        with pytest.raises(RuleBroken, match="They gossip"):
            set_guests(review, care_manager, choices(review, person=YES, **{role: YES}), **asked)
    object_to(person, care_manager, scheme=scheme, ground="safeguarding", not_told_because="At risk")
    set_guests(review, care_manager, choices(review, person=YES, carer=YES), **asked)
    assert review.participants.get(role="carer").invited_on == today()


def test_an_objection_to_everybody_leaves_the_person_and_their_council(both, person, care_manager):
    review = factories.meeting(both, care_manager)
    actions.add_guest(review=review, name="Priya Nair", role="care_manager", by=care_manager)
    actions.add_guest(review=review, name="A neighbour", role="other", by=care_manager)
    object_to(person, care_manager)
    asked = {"asked_on": today(), "asked_how": "With photos"}
    set_guests(review, care_manager, choices(review, person=YES, care_manager=YES), **asked)
    with pytest.raises(RuleBroken, match="with anybody"):
        set_guests(review, care_manager, choices(review, person=YES, other=YES), **asked)


def test_the_record_is_not_sent_to_whom_the_person_objects_by_then(
    client, held, person, scheme, care_manager
):
    object_to(person, care_manager, scheme=scheme)
    client.force_login(care_manager)
    page = client.get(reverse("reviews:send", args=[held.pk])).content.decode()
    assert "objects to sharing it" in page
    actions.send_record(review=held, by=care_manager)
    assert [copy.participant.role for copy in RecordCopy.objects.filter(review=held)] == ["person"]
