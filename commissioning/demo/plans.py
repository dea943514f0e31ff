"""Assessments, care plans, budgets, and which scheme holds which version."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from careplans.models import (
    Assessment,
    AssessmentPart,
    CarePlan,
    Outcome,
    PersonalBudget,
    PlanShare,
    Service,
    SignOff,
    Supersession,
    Wish,
)
from careplans.rules import ACKNOWLEDGE_WITHIN

from . import words
from .dice import Dice

ELIGIBLE = ("nutrition", "home_safely", "relationships", "work", "community", "hygiene", "habitable_home")
NOT_OFFERED = {"no_carer": 0.35, "well": 0.25, "needs": 0.15, "person": 0.15, "funding": 0.1}
PRESSURES = ("speed", "eligibility", "budget", "benefits")


def at_noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


class Planner:
    """Writes what a funding team owes a person before anything starts; now and then something is missing."""

    def __init__(self, loader, dice, today, first_stage, seed):
        self.loader, self.dice, self.today, self.first_stage = loader, dice, today, first_stage
        self.seed = seed

    def stream(self, what, case):
        """A stream of draws of its own: what others draw after it stays as it was."""
        dice = Dice(self.seed, what, case.number)
        dice.prefix = self.dice.prefix
        return dice

    def write(self, case, detailed):
        if detailed:
            self.assess(case)
            if self.dice.chance(0.25):
                self.wish(case)
        if case.status == "assessed":
            self.draft(case)
            return
        gap = (
            None
            if case.part
            else self.dice.weighted({None: 0.93, "plan": 0.02, "share": 0.02, "wait": 0.02, "old": 0.01})
        )
        if gap == "plan":
            return
        first = case.began + self.dice.days(10, 25)
        renewed = self.renewed(case, first, gap)
        if detailed and renewed > first:
            old = self.plan(case, 1, first, detailed)
            new = self.plan(case, 2, renewed, detailed)
            self.loader[Supersession].write(
                old_id=old, new_id=new, on=renewed, why="Looked at again after the yearly review"
            )
            number = 2
        else:
            number, new = 1, self.plan(case, 1, renewed, detailed)
        case.signed_off_on = first if number == 2 else renewed
        self.budget(case, case.signed_off_on)
        if case.scheme and gap != "share":
            self.share(case, new, renewed, waiting=gap == "wait")

    def renewed(self, case, first, gap):
        """The day on which the plan that holds was signed: within the last year, unless it is out of date."""
        if gap == "old" or (self.today - first).days < 300:
            return first
        return self.today - self.dice.days(20, 330)

    def assess(self, case):
        dice = self.dice
        self.assessed_before(case)
        joint = dice.chance(0.35)
        key, found = dice.uuid(), {}
        if joint and case.scheme:
            found = {"scheme_id": case.scheme.id}
            self.loader[AssessmentPart].write(
                assessment_id=key, scheme_id=case.scheme.id, words=dice.pick(words.PART),
                written_by_id=case.scheme_worker.id, on=case.began + dice.days(2, 9),
            )  # fmt: skip
        elif joint:
            found = {"why_no_part": "No scheme is chosen yet"}
        seen_where = dice.pick(words.SEEN_WHERE)
        self.loader[Assessment].write(
            id=key, seen_how="visit" if seen_where == "At home" else "elsewhere", seen_where=seen_where, person_part=dice.pick(words.PERSON_PART), **found,
            offered_shared_lives=True, wants_shared_lives="yes",
            person_id=case.id, organisation_id=case.team.id, kind="joint" if joint else "needs", state="complete",
            done_on=case.began + dice.days(2, 9), assessor_id=case.worker.id, took_part=dice.pick(words.PLAN["took_part"]),
            summary=dice.pick(words.ASSESSMENT), eligible_outcomes=dice.some(ELIGIBLE, dice.between(2, 5)),
            complexity="complex" if joint and dice.chance(0.4) else "ordinary", explained_shared_lives=True,
            pressures=["speed"] if dice.chance(0.04) else [],
        )  # fmt: skip

    def assessed_before(self, case):
        """One in seven was assessed once before, and was not offered Shared Lives then, for a reason that is counted."""
        dice = self.stream("assessed before", case)
        if case.part or not dice.chance(0.14):
            return
        told = dice.chance(0.6)
        why = dice.weighted(NOT_OFFERED)
        wants = "no" if why == "person" else dice.pick(("perhaps", "")) if told else ""
        self.loader[Assessment].write(
            id=dice.uuid(), seen_how="visit", seen_where="At home", person_part=dice.pick(words.PERSON_PART),
            person_id=case.id, organisation_id=case.team.id, kind="needs", state="complete",
            done_on=case.began + dice.days(0, 1), assessor_id=case.worker.id, complexity="ordinary",
            took_part=dice.pick(words.PLAN["took_part"]), summary=dice.pick(words.ASSESSMENT),
            eligible_outcomes=dice.some(ELIGIBLE, 2), explained_shared_lives=told,
            why_not_explained="" if told else dice.pick(words.NOT_EXPLAINED), offered_shared_lives=False,
            why_not_offered=why, wants_shared_lives=wants,
            pressures=dice.some(PRESSURES, 1) if dice.chance(0.3) else [],
        )  # fmt: skip

    def sections(self):
        return {name: self.dice.pick(options) for name, options in words.PLAN.items()}

    def draft(self, case):
        self.loader[CarePlan].write(
            person_id=case.id, organisation_id=case.team.id, number=1, state="draft", drafted_by_id=case.worker.id,
            drafted_on=self.today - self.dice.days(1, 20), own_words=self.dice.pick(words.PLAN["own_words"]),
        )  # fmt: skip

    def plan(self, case, number, signed_on, detailed):
        key = self.dice.uuid()
        outcomes = []
        for n, said in enumerate(
            self.dice.some(words.OUTCOMES, self.dice.between(2, 3) if detailed else 1), start=1
        ):
            outcomes.append(self.loader[Outcome].write(plan_id=key, number=n, words=said))
        if detailed:
            self.package(key, case, signed_on)
        case.versions.append((signed_on, outcomes))
        sign = self.loader[SignOff].write
        sign(
            plan_id=key,
            name=case.name,
            capacity="person",
            how="paper",
            before_whom=case.worker.name,
            on=signed_on,
        )
        sign(
            plan_id=key,
            name=case.worker.name,
            user_id=case.worker.id,
            capacity="care_manager",
            how="here",
            on=signed_on,
        )
        self.loader[CarePlan].write(
            id=key, person_id=case.id, organisation_id=case.team.id, number=number, state="signed",
            drafted_by_id=case.worker.id, drafted_on=signed_on - timedelta(days=7), signed_on=signed_on,
            why_new="" if number == 1 else "The yearly review changed the travel outcome.", **self.sections(),
        )  # fmt: skip
        return key

    def package(self, plan, case, signed_on):
        """Shared Lives, a day service for most, and family: the week that the plan's picture draws."""
        dice, write = self.dice, self.loader[Service].write
        rows = [("shared_lives", "Shared Lives", case.scheme.name if case.scheme else "", [], None, None)]
        if dice.chance(0.7):
            name, provider = dice.pick(words.DAY_SERVICES)
            rows.append(
                ("day", name, provider, dice.some(range(5), dice.between(2, 4)), time(9, 30), time(15, 30))
            )
        if dice.chance(0.5):
            rows.append(("family", "Sunday with the family", "", [6], time(11), time(17)))
        for number, (kind, name, provider, weekdays, starts_at, ends_at) in enumerate(rows, start=1):
            write(
                plan_id=plan, number=number, kind=kind, name=name, provider=provider, weekdays=sorted(weekdays),
                starts_at=starts_at, ends_at=ends_at, since=signed_on - dice.days(100, 900),
            )  # fmt: skip
        self.ended(plan, case, signed_on, len(rows) + 1)

    def ended(self, plan, case, signed_on, number):
        """One in twelve had a club or a class that ended lately: the clock makes a change of it to see to."""
        dice = self.stream(f"ended {signed_on}", case)
        until = self.today - dice.days(2, 25)
        holds = case.status == "active" and self.today - timedelta(days=330) <= signed_on < until
        if not holds or not dice.chance(0.08):
            return
        name, provider = dice.pick(words.CLUBS)
        self.loader[Service].write(
            id=dice.uuid(), plan_id=plan, number=number, kind="day", name=name, provider=provider, weekdays=[dice.pick((1, 3))],
            starts_at=time(18), ends_at=time(20), since=signed_on - dice.days(100, 400), until=until,
        )  # fmt: skip

    def wish(self, case):
        """Every fourth person has asked for something that somebody sees to."""
        due_on = self.today + timedelta(days=self.dice.between(-3, 25))
        self.loader[Wish].write(
            person_id=case.id, organisation_id=case.team.id, words=self.dice.pick(words.WISHES), said_by="person",
            written_by_id=case.worker.id, owner_id=case.worker.id, due_on=due_on,
            next_stage_on=self.first_stage("careplans.wish", due_on),
        )  # fmt: skip

    def budget(self, case, signed_on):
        self.loader[PersonalBudget].write(
            person_id=case.id, organisation_id=case.team.id, weekly_pounds=Decimal(self.dice.between(14, 60) * 10),
            since=signed_on, signed_off_on=signed_on, signed_off_by_id=case.team.manager.id,
        )  # fmt: skip

    def share(self, case, plan, signed_on, waiting):
        shared_on = self.today - self.dice.days(1, 9) if waiting else signed_on + self.dice.days(0, 4)
        shared_on = max(signed_on, min(shared_on, self.today))
        due_on = shared_on + timedelta(days=ACKNOWLEDGE_WITHIN)
        told = {}
        if not waiting:
            when = min(at_noon(shared_on + self.dice.days(0, 5)), timezone.now())
            told = {"acknowledged_by_id": case.scheme_worker.id, "acknowledged_at": when}
        self.loader[PlanShare].write(
            plan_id=plan, person_id=case.id, scheme_id=case.scheme.id, shared_by_id=case.worker.id, shared_on=shared_on,
            due_on=due_on,
            next_stage_on=self.first_stage("careplans.plan_acknowledgement", due_on) if waiting else None,
            **told,
        )  # fmt: skip
