"""Plans in a real browser: assessed together, typed through whatever happens, and changed after a major change."""

import pytest
from django.contrib.sessions.models import Session

from careplans.models import Assessment, CarePlan, PlanShare, Reassessment, Service
from careplans.sections import SECTIONS
from library.models import ProcedureText

from .. import factories as cast
from ..careplans import factories as plans

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(window, care_manager):
    return window(care_manager)


def write_every_section(desk, plan, words="What is agreed"):
    for section in SECTIONS:
        desk.go(f"/careplans/plans/{plan.pk}/draft/{section.key}/").answer(words=f"{words}: {section.title}")
        desk.press("Save and go on").done()


def sign_both(desk, plan):
    desk.go(f"/careplans/plans/{plan.pk}/check/").press("Save to the plan").done()
    desk.answer(capacity="person", how="mark").press("Sign").done()
    desk.answer(capacity="care_manager").press("Sign").done()


def share_and_acknowledge(desk, scheme_desk, plan, scheme):
    desk.go(f"/careplans/plans/{plan.pk}/share/").answer(scheme=scheme.pk).press("Share this version").done()
    share = PlanShare.objects.get(plan=plan)
    scheme_desk.go(f"/careplans/shares/{share.pk}/acknowledge/").press("We have read this plan").done()
    desk.go(plan).sees("Acknowledged")


def test_a_complex_person_is_assessed_together_and_the_plan_signed_shared_and_acknowledged(
    window, desk, supported_person, scheme, scheme_worker, assert_accessible
):
    person = supported_person
    desk.go(f"/careplans/person/{person.pk}/assess/")
    desk.answer(kind="joint", scheme=scheme.pk, done_on=cast.today()).press("Begin").done()
    row = Assessment.objects.get()
    pages = f"/careplans/assessments/{row.pk}/change/"
    desk.go(f"{pages}seen/").answer(
        seen_how="visit", seen_where="At home", person_part="Chose pictures"
    ).press("Save").done()
    desk.answer(summary="Needs somebody near at night").press("Save").done()
    desk.answer(eligible_outcomes=["nutrition", "home_safely"]).press("Save").done()
    desk.answer(complexity="complex").press("Save").done()
    desk.answer(explained_shared_lives=True, offered_shared_lives=True, wants_shared_lives="yes").press(
        "Save"
    ).done()
    check = f"/careplans/assessments/{row.pk}/check/"
    desk.go(check).answer(state="complete").press("Save").sees("The scheme has not written its part")

    scheme_desk = window(scheme_worker).go(f"/careplans/person/{person.pk}/").follow("Write your part")
    scheme_desk.answer(words="Would do well in a quiet home").press("Save").done()
    desk.go(check).answer(state="complete").press("Save").done()
    desk.sees("Would do well in a quiet home")
    assert_accessible(desk)

    desk.go(f"/careplans/person/{person.pk}/begin/").press("Begin the draft").done()
    plan = CarePlan.objects.get()
    write_every_section(desk, plan)
    desk.go(f"/careplans/plans/{plan.pk}/draft/outcomes/").answer(outcome_1="I cook on Sundays")
    desk.press("Save and go on").done()
    desk.go(f"/careplans/plans/{plan.pk}/services/add/").answer(kind="shared_lives", name="With the Okafors")
    desk.press("Save this service").done()
    desk.go(f"/careplans/plans/{plan.pk}/services/add/")
    desk.answer(kind="day", name="Brook day service", weekdays=["0", "2"], starts_at="9:30", ends_at="15:30")
    desk.press("Save this service").done()
    assert_accessible(desk)
    sign_both(desk, plan)
    desk.sees("Brook day service", "rest on the carer alone")
    assert_accessible(desk)
    share_and_acknowledge(desk, scheme_desk, plan, scheme)


def test_what_is_typed_survives_a_killed_browser_an_expired_session_and_a_second_editor(
    window, care_manager, team_manager, person
):
    plan = plans.draft(person, care_manager)
    path = f"/careplans/plans/{plan.pk}/draft/"
    killed = window(care_manager).go(f"{path}needs/").answer(words="Typed before the crash")
    killed.press("Save and go on").done()
    killed.page.context.close()

    again = window(care_manager).go(f"{path}needs/")
    assert again.page.locator("[name=words]").input_value() == "Typed before the crash"
    again.go(f"{path}wellbeing/").answer(words="Typed as the session ended")
    Session.objects.all().delete()
    again.press("Save and go on")
    again.page.get_by_label("Email").fill(care_manager.email)
    again.page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    again.page.get_by_role("button", name="Sign in").click()
    assert "Typed as the session ended" in again.page.content()
    again.press("Send it now").done()

    other = window(team_manager).go(f"{path}advice/").answer(words="Advice of the manager")
    other.press("Save and go on").done()
    other.go(f"/careplans/plans/{plan.pk}/check/").press("Save to the plan").done()
    again.go(f"/careplans/plans/{plan.pk}/check/").press("Save to the plan")
    again.sees("Somebody else saved this", "became “Advice of the manager”")
    again.press("Save to the plan").done()
    plan.refresh_from_db()
    assert (plan.needs, plan.advice) == ("Typed before the crash", "Advice of the manager")
    assert plan.wellbeing == "Typed as the session ended"


def test_a_major_change_leads_to_a_new_version_that_the_scheme_acknowledges(
    window, desk, supported_person, scheme, scheme_worker, care_manager, council, assert_accessible
):
    person = supported_person
    words = "Ring the duty desk, then visit within two days."
    ProcedureText.objects.create(
        council=council, for_what="reassessment", words=words, in_force_from=cast.today()
    )
    plans.held_plan(person, scheme, care_manager, scheme_worker)
    desk.go(f"/careplans/person/{person.pk}/reassess/").sees("What to do", words)
    assert_accessible(desk)
    desk.answer(cause="carer", what_happened="Grace broke her hip", happened_on=cast.today())
    desk.press("Open the reassessment").done()
    row = Reassessment.objects.get()
    done = plans.assessment(person, care_manager)
    desk.go(f"/careplans/person/{person.pk}/begin/").answer(why_new="Grace broke her hip")
    desk.press("Begin the draft").done()
    plan = CarePlan.objects.drafts().get()
    desk.go(f"/careplans/plans/{plan.pk}/draft/how_met/").answer(words="A support worker each morning")
    desk.press("Save and go on").done()
    sign_both(desk, plan)
    desk.go(f"/careplans/plans/{plan.pk}/differences/").sees("A support worker each morning")
    share_and_acknowledge(desk, window(scheme_worker), plan, scheme)
    desk.go(f"/careplans/reassessments/{row.pk}/close/")
    desk.answer(state="done", assessment=done.pk, outcome="Help in the mornings").press("Close").done()
    desk.sees("Help in the mornings")
    assert not Service.objects.exists()
    assert PlanShare.objects.filter(acknowledged_at__isnull=False).count() == 2
