"""The whole thread, by the keyboard alone: from a new home and a new person to the record of the first review.

A care manager, a scheme worker, a scheme manager, a data officer and a commissioner, each in a window of their own.
"""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import Q

from carers.models import Carer, Household, TrainingCourse
from people.models import Person
from placements.models import Placement, ReferralScheme
from reviews.models import ReviewDue
from risk.models import RiskAssessment
from safetynet.models import Flag, RosterSource
from sharedlives.worklist.models import ReminderCopy

from .. import factories
from .conftest import Keys

pytestmark = pytest.mark.browser


@pytest.fixture
def desks(window, care_manager, scheme_worker, scheme_manager, data_officer, commissioner):
    """`desks["care manager"]`: each one's window, opened when it is first needed."""
    users = {
        "care manager": care_manager,
        "scheme worker": scheme_worker,
        "scheme manager": scheme_manager,
        "data officer": data_officer,
        "commissioner": commissioner,
    }
    opened = {}

    class Desks(dict):
        def __missing__(self, who):
            opened[who] = self[who] = window(users[who], kind=Keys)
            return opened[who]

    return Desks()


def a_home_and_its_carer(desks, council):
    desk = desks["scheme worker"].go("/carers/register/")
    desk.answer(label="The Okafor home", address="1 Example Lane, Harbourtown", postcode="QX1 2AB")
    desk.answer(council=council.pk, step_free="yes", places="2").press("Put the home on our records").done()
    home = Household.objects.get()
    desk.go(f"/carers/home/{home.pk}/carer/")
    desk.answer(given_name="Grace", family_name="Okafor", languages="English").press(
        "Save|Put|Add|Record"
    ).done()
    carer = Carer.objects.get()
    for course in TrainingCourse.objects.filter(Q(mandatory=True) | Q(for_emergencies=True)):
        desk.go(f"/carers/carer/{carer.pk}/training/")
        desk.answer(course=course.pk, done_on=factories.today() - timedelta(days=30)).press(
            "Save|Record"
        ).done()
    manager = desks["scheme manager"].go(f"/carers/carer/{carer.pk}/approve/")
    manager.answer(
        kinds=["live_in", "short_break"], emergency=True, since=factories.today() - timedelta(days=10)
    )
    manager.press("Approve|Save").done()
    return home, carer


def a_person_with_a_need(desks):
    desk = desks["care manager"].go("/people/register/")
    desk.answer(given_name="Ahmad", family_name="Rahman")
    for box, part in enumerate(("4", "July", "1991")):
        desk.write(desk.page.locator(f"[name=date_of_birth_{box}]"), part)
    desk.answer(nhs_number="999 000 0018", primary_support_reason="learning").press(
        "Put on our records"
    ).done()
    person = Person.objects.get(family_name="Rahman")
    desk.go(f"/people/{person.pk}/communication/add/")
    desk.answer(kind="support", words="Give him time to answer").press("Save").done()
    desk.sees("Give him time to answer")
    desk.go(f"/careplans/person/{person.pk}/assess/")
    desk.answer(kind="needs", done_on=factories.today()).press("Begin").done()
    pages = desk.address
    desk.go(f"{pages}seen/").answer(
        seen_how="visit", seen_where="At home", person_part="Showed his room"
    ).press("Save").done()
    desk.answer(summary="Needs support to live well").press("Save").done()
    desk.go(f"{pages}shared-lives/").answer(explained_shared_lives=True, offered_shared_lives=True).press(
        "Save"
    ).done()
    desk.go(pages).press("Check the whole assessment").answer(state="complete").press("Save").done()
    return person


def found_by_a_slip_of_the_keys(desks, person):
    desk = desks["care manager"].go("/people/").answer(text="Amhad Rahmann").press("Search|Find").done()
    desk.follow("Ahmad Rahman")
    assert desk.address == person.get_absolute_url()
    desk.sees("Give him time to answer")


def an_incident_that_is_read(desks, person):
    desk = desks["scheme worker"].go(f"/risk/person/{person.pk}/incident/")
    desk.answer(happened_on=factories.today(), kind="accident", what_happened="A fall on the stairs")
    desk.answer(what_was_done="Ice, and a night of watching", words="His knee hurts")
    desk.press("Record the incident").done()
    row = person.incident_rows.get()
    desks["care manager"].go(f"/risk/incident-rows/{row.pk}/read/").sees("A fall on the stairs")
    desks["care manager"].press("I have read").done()


def an_emergency_start(desks, team, scheme):
    """Somebody comes tonight: only the home that may is offered; the rest is owed within three days."""
    guest = factories.person(team, worker=desks["care manager"].user, given_name="Bela", family_name="Nagy")
    factories.supports(guest, scheme, worker=desks["scheme worker"].user)
    desk = desks["scheme worker"].go(f"/placements/person/{guest.pk}/emergency/").sees("The Okafor home")
    desk.pick(desk.page.locator("[name=carer]"), str(Carer.objects.get().pk))
    desk.answer(kind="short_break", why="Her mother was taken to hospital")
    desk.press("Record the emergency start").done()
    placement = Placement.objects.get(person=guest)
    assert (placement.route, placement.state) == ("emergency", Placement.State.ACTIVE)
    assert placement.owed.filter(done_on=None).exists()


def a_plan_that_is_signed(desks, person):
    desk = desks["care manager"].go(f"/careplans/person/{person.pk}/begin/").press("Begin the draft").done()
    draft = re.sub(r"draft/.*", "draft/", desk.address)
    for key in (
        "own_words",
        "needs",
        "eligibility",
        "how_met",
        "wellbeing",
        "budget_words",
        "advice",
        "took_part",
    ):
        desk.go(f"{draft}{key}/").answer(words=f"What is agreed about {key.replace('_', ' ')}.")
        desk.press("Save and go on").done()
    desk.go(f"{draft}outcomes/").answer(outcome_1="I cook for my family on Sundays").press(
        "Save and go on"
    ).done()
    plan = draft.removesuffix("draft/")
    desk.go(f"{plan}check/").press("Save to the plan").done()
    desk.go(f"{plan}sign/").answer(capacity="person", name="Ahmad Rahman").press("Sign").done()
    desk.go(f"{plan}sign/").answer(capacity="care_manager").press("Sign").done()
    today = factories.today()
    desk.go(f"/careplans/person/{person.pk}/budget/").answer(
        weekly_pounds="412.50", since=today, signed_off_on=today
    )
    desk.press("Save").done()
    return plan


def risk_with_its_owners(desks, person, scheme):
    desk = desks["care manager"].go(f"/risk/person/{person.pk}/begin/").press("Begin the draft").done()
    words = {
        "own_view": "I want to go to the shop alone",
        "took_part": "All three round the kitchen table",
        "risk-0-hazard": "Gets lost on the way to the shop",
        "risk-0-kind": "activity",
        "risk-0-gains": "He chooses his own food",
        "risk-0-controls": "Walk the way together for a month",
        "risk-0-if_it_goes_wrong": "Ring the carer; out of hours the scheme",
        "risk-0-responsible": "carer",
        "risk-0-next_review_on": factories.today() + timedelta(days=90),
    }
    if "edit" not in desk.page.url:
        desk.follow("Change|Write|Edit|Add")
    desk.answer(**words).press("Save the draft").done()
    desk.go(f"/risk/assessments/{RiskAssessment.objects.get().pk}/sign/")
    desk.answer(seen_how="visit", seen_on=factories.today(), seen_where="At home")
    desk.press("Sign the assessment").done()
    desk.go(f"/risk/person/{person.pk}/responsibilities/")
    desk.answer(
        scheme=scheme.pk, joint_needed="True", joint_words="Both, together", carer_risk_words="The stairs"
    )
    desk.answer(change_words="Looked at after every change").press("Save the answers").done()
    desk.press("We agree to this").done()
    desks["scheme worker"].go(desk.address).press("We agree to this").done()


def a_referral_that_is_accepted(desks, person, scheme):
    desk = desks["care manager"].go(f"/placements/person/{person.pk}/refer/")
    desk.answer(wishes="A home where I can cook", kinds=["live_in"], purpose="home", needs=["step_free"])
    desk.answer(urgency=desk.page.locator("[name=urgency]").first.get_attribute("value"))
    for field in desk.page.locator("[name^=words_]").all():
        if not field.input_value():
            desk.write(field, "As in the assessment")
    desk.answer(schemes=[scheme.pk]).press("Send the referral").done()
    worker = (
        desks["scheme worker"]
        .go("/placements/referrals/")
        .follow("Ahmad Rahman")
        .open_first("a[href$='/answer/']")
    )
    worker.answer(answer="accepted").press("Send the answer").done()
    return f"/placements/referrals/sent/{ReferralScheme.objects.get().pk}/"


def the_plan_reaches_the_scheme(desks, plan, scheme):
    desks["care manager"].go(f"{plan}share/").answer(scheme=scheme.pk).press("Share this version").done()
    worker = desks["scheme worker"].go("/").sees("Ahmad Rahman")
    worker.open_first("a[href*='/shares/']")
    worker.press("We have read this plan and hold it").done()


def a_match_and_its_agreement(desks, sent):
    worker = desks["scheme worker"].go(f"{sent}homes/").sees("The Okafor home")
    worker.open_first("a[href*='/propose/']")
    worker.answer(reasons="She cooks, and lives near his mother").press("Propose this home").done()
    match = worker.address
    worker.go(f"{match}answers/").answer(person_answer="yes", person_says="I like Grace", carer_answer="yes")
    worker.press("Save the answers").done()
    manager = (
        desks["care manager"]
        .go(f"{match}agree/")
        .answer(starts_on=factories.today(), purpose="home", fewer_because="known")
    )
    manager.press("Agree and hold the place").done()
    placement = Placement.objects.get()
    worker.go(f"/placements/{placement.pk}/agreement/")
    worker.answer(
        plan_elements="Support with cooking and going out", requires_carer="Cooks with him on Sundays"
    )
    worker.press("Save the draft").done()
    agreement = worker.address
    for party, name in (("person", "Ahmad Rahman"), ("carer", "Grace Okafor"), ("scheme", "")):
        worker.go(f"{agreement}sign/").answer(party=party, name=name, how="On paper").press("Sign").done()
    manager.go(f"{agreement}sign-for-team/").answer(party="team", how="In this program").press("Sign").done()
    return placement


def the_gate_and_the_start(desks, placement):
    worker = desks["scheme worker"].go(f"/placements/{placement.pk}/gate/")
    worker.go(f"/placements/{placement.pk}/start/").press("Record the start").done()
    placement.refresh_from_db()
    assert placement.state == Placement.State.ACTIVE


def the_first_review_and_its_reminder(desks, person):
    dues = ReviewDue.objects.open().filter(person=person)
    assert {due.due_on for due in dues} == {factories.today() + timedelta(days=56)}
    call_command(
        "send_reminders", as_of=str(factories.today() + timedelta(days=14)), format="json", verbosity=0
    )
    assert ReminderCopy.objects.filter(recipient=desks["care manager"].user).count() == dues.count()
    desk = desks["care manager"].go("/reviews/").sees("Ahmad Rahman")
    return desk


def the_review_is_held(desks, person):
    due = ReviewDue.objects.open().filter(person=person).first()
    today = factories.today()
    desk = desks["care manager"].go(f"/reviews/due/{due.pk}/schedule/")
    desk.answer(kind="first", planned_on=today, place="At home", reviewer_role="care_manager")
    desk.press("Arrange the meeting").done()
    guests = desk.address
    desk.answer(asked_on=today, asked_how="With photos of everyone")
    for field in desk.page.locator("[name$='-wanted'][value='yes']").all():
        desk.pick(desk.page.locator(f"[name='{field.get_attribute('name')}']"), "yes")
    for box in desk.page.locator("[name$='-invite']").all():
        desk.tick(box)
    desk.press("Save and invite").done()
    review = guests.removesuffix("guests/")
    fill_the_sections(desk, review, today)
    desk.go(f"{review}hold/").press("Close the review and make the record").done()
    desk.go(review).sees("I like living here")
    with desk.page.expect_download() as download:
        desk.page.evaluate(f"() => {{ window.location = '{review}record/' }}")
    with open(download.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"
    desk.go(f"{review}send/").press("Send the record").done()
    return desk


def fill_the_sections(desk, review, today):
    for section in (
        "meeting",
        "people",
        "views",
        "carer",
        "care-act",
        "outcomes",
        "agreement",
        "options",
        "decision",
        "return",
    ):
        desk.go(f"{review}hold/{section}/")
        answers = {
            "held_on": today,
            "seen_on": today,
            "seen_where": "At home",
            "persons_views": "I like living here",
            "how_views_counted": "He stays, and cooks twice a week",
            "next_due_on": today + timedelta(days=300),
            "next_due_why": "He may want to work by then",
        }
        fields = desk.page.locator("main form [name]").evaluate_all(
            "all => all.map(e => [e.name, e.type, e.value])"
        )
        for name, kind, value in fields:
            plain = re.sub(r"_[012]$", "", name)
            if name in (
                "form_key",
                "form_version",
                "csrfmiddlewaretoken",
                "advocate_refused",
                "refusal_capacity",
            ):
                continue
            if plain in answers:
                desk.answer(**{plain: answers.pop(plain)})
            elif kind == "radio" and value and not desk.page.locator(f"[name='{name}']:checked").count():
                desk.pick(desk.page.locator(f"[name='{name}']"), value)
            elif kind == "textarea" and not value:
                desk.write(desk.page.locator(f"[name='{name}']"), "It goes well, and he says so.")
        desk.press("Save and continue").done()


def the_list_finds_whom_nobody_knows(desks, scheme, council, tmp_path):
    RosterSource.objects.create(
        organisation=scheme,
        council=council,
        name="Payments",
        slug="payments",
        agreement_until=factories.today() + timedelta(days=365),
    )
    path = tmp_path / "list.csv"
    path.write_text(
        "Given name,Family name,Date of birth,NHS number,Postcode,Service\n"
        "Amhad,Rahman,04/07/1991,9990000018,,Live-in\n"
        "Nobody,Known,01/02/1970,,QX1 2AB,Live-in\n"
        "Also,Unknown,03/04/1980,,QX1 2AB,Live-in\n"
    )
    worker = desks["scheme worker"].go("/safetynet/lists/send/")
    source = worker.page.locator("[name=source] option").last.get_attribute("value")
    worker.answer(source=source)
    worker.page.locator("[name=file]").set_input_files(path)
    worker.press("Send|Upload").done()
    call_command("sweep_safety_net", verbosity=0)
    assert Flag.objects.filter(kind="not_on_our_records", closed_on=None).count() == 2
    flag = Flag.objects.filter(kind="not_on_our_records", closed_on=None).first()
    officer = desks["data officer"].go("/safetynet/").sees("Unknown").go(flag)
    officer.go(f"{officer.address}close/").answer(because="not_ours", words="Funded by Eastmoor").press(
        "Close it"
    ).done()
    flag.refresh_from_db()
    assert flag.closed_because == "not_ours"


def test_the_whole_thread_by_the_keyboard_alone(
    desks, council, team, scheme, data_officer, tmp_path, assert_accessible
):
    home, _carer = a_home_and_its_carer(desks, council)
    person = a_person_with_a_need(desks)
    found_by_a_slip_of_the_keys(desks, person)
    plan = a_plan_that_is_signed(desks, person)
    sent = a_referral_that_is_accepted(desks, person, scheme)
    the_plan_reaches_the_scheme(desks, plan, scheme)
    risk_with_its_owners(desks, person, scheme)
    placement = a_match_and_its_agreement(desks, sent)
    assert_accessible(desks["scheme worker"].go(f"/placements/{placement.pk}/gate/"))
    the_gate_and_the_start(desks, placement)
    the_first_review_and_its_reminder(desks, person)
    the_review_is_held(desks, person)
    an_incident_that_is_read(desks, person)
    an_emergency_start(desks, team, scheme)
    for path in ("/", "/reviews/", f"/people/{person.pk}/", f"/placements/{placement.pk}/", plan):
        assert_accessible(desks["care manager"].go(path))
    the_list_finds_whom_nobody_knows(desks, scheme, council, tmp_path)
    call_command("take_availability_snapshot", verbosity=0)
    desks["commissioner"].go("/commissioning/").sees(council.name)
    manager = desks["scheme manager"].go(f"/placements/{placement.pk}/end/")
    manager.answer(on=factories.today(), reason="moved_on", words="His own flat")
    manager.press("End the placement").done()
    placement.refresh_from_db()
    assert placement.end_reason == "moved_on"
    assert home.pk
