"""Reviews of the demo: what was owed, when it was met, missed or is open; and the meetings."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from people.models import Involvement
from reviews.models import (
    OutcomeRating,
    Participant,
    RecordOwed,
    RecordRemark,
    RequirementRating,
    Review,
    ReviewAction,
    ReviewDue,
    ReviewSubject,
)
from reviews.rules import add_months, first_due_on, missed_on
from sharedlives.worklist.workdays import working_days_after

from . import words

FIRST_DAYS, MONTHS, RECORD_DAYS = 56, 12, 10  # the policy that the program ships
OFFICER = "The care manager is away for some weeks; the person agreed to somebody else."
ENDED = "the placement ended"
DIED = "the person died"
FORMATS = ("large_print", "plain_text", "easy_read")


@dataclass
class Round:
    """One review that was owed: counted from a day, due on a day, and what became of it."""

    cycle: int
    counted_from: date
    due_on: date
    state: str = "open"
    closed_on: date | None = None
    held_on: date | None = None


OUTCOMES = (
    *("met", "partly", "partly", "not_met") * 8,
    "not_yet",
)  # how far the outcomes of a plan have been reached


class Reviewer:
    def __init__(self, loader, dice, world, today, first_stage, policy):
        self.loader, self.dice, self.world, self.today = loader, dice, world, today
        self.first_stage, self.policy = first_stage, policy

    def write(self, case, detailed):
        if not case.placements:
            return
        rounds = self.rounds(case)
        self.detailed = detailed
        shown = rounds if detailed else rounds[-1:]
        dues = self.dues(case, shown)
        for one in shown:
            if one.held_on and one.cycle in dues:
                self.held(case, one, dues[one.cycle], in_full=one in rounds[-2:])
        last = rounds[-1]
        if last.state == "open" and not case.died_on:
            self.perhaps_arranged(
                case, last, [key for key, state in dues.get(last.cycle, ()) if state == "open"]
            )

    def dues(self, case, rounds):
        """Write what was owed, subject by subject. Returns {cycle: [(id, state)]}."""
        found = {}
        for subject in self.subjects(case):
            for one in rounds:
                key, state, goes_on = self.due(case, subject, one)
                found.setdefault(one.cycle, []).append((key, state))
                if not goes_on:
                    break
        return found

    # -- What was owed ----------------------------------------------------------------------------------------

    def rounds(self, case):
        """Every round since the start. Most meetings were in time, some late, a few were missed."""
        if case.number == 0:
            return self.ahmads(case)
        found = [Round(1, case.started_on, first_due_on(case.started_on, FIRST_DAYS))]
        while True:
            one = found[-1]
            counted_from = self.fate(case, one)
            if counted_from is None:
                return found
            found.append(Round(one.cycle + 1, counted_from, add_months(counted_from, MONTHS)))

    def fate(self, case, one):
        """Decide what became of a round. Returns from when the next one counts, or None while this one is open."""
        mark = self.dice.random()
        if mark < 0.04 and not case.part:
            missed = missed_on(one.due_on)
            if missed > self.today:
                return None
            one.state, one.closed_on = "missed", missed
            return one.due_on
        late = 0.04 <= mark < 0.2
        held = one.due_on + (self.dice.days(3, 60) if late else -self.dice.days(0, 20))
        if held >= self.today:
            return None
        one.state, one.closed_on, one.held_on = ("met_late" if late else "met"), held, held
        return min(one.due_on, held)

    def ahmads(self, case):
        """Held on the day at eight weeks; the yearly one is a few days overdue."""
        due = self.ahmads_first()
        return [
            Round(1, case.started_on, due, "met", due, due),
            Round(2, due, add_months(due, MONTHS)),
        ]

    def ahmads_first(self):
        return add_months(self.today - timedelta(days=4), -MONTHS)

    def ahmads_start(self):
        return self.ahmads_first() - timedelta(days=FIRST_DAYS)

    def subjects(self, case):
        found = [{"subject": "care_plan"}]
        found += [{"subject": "placement_agreement", "placement_id": row.id} for row in case.placements]
        if case.number == 0:
            found.append({"subject": "service", "service": "Day opportunities"})
        return found

    def due(self, case, subject, one):
        """Write one due. Returns (id, state, whether the subject goes on after it)."""
        state, closed_on, why = one.state, one.closed_on, ""
        until, because = (case.died_on, DIED) if case.died_on else (case.ended_on, ENDED)
        if until and (because == DIED or subject["subject"] != "care_plan"):
            if (closed_on or self.today) >= until:
                state, closed_on, why = "void", max(until, one.counted_from), because
        key = self.loader[ReviewDue].write(
            person_id=case.id, organisation_id=case.team.id, cycle=one.cycle, is_first=one.cycle == 1,
            policy_id=self.policy, counted_from=one.counted_from, due_on=one.due_on, first_due_on=one.due_on, state=state,
            closed_on=closed_on, why=why,
            next_stage_on=self.first_stage("reviews.review_due", one.due_on) if state == "open" else None, **subject,
        )  # fmt: skip
        return key, state, state != "void"

    # -- Meetings -----------------------------------------------------------------------------------------------

    def held(self, case, one, dues, in_full):
        covered = [(key, state) for key, state in dues if state in ("met", "met_late")]
        if not covered:
            return
        dice, key = self.dice, self.dice.uuid()
        officer = dice.chance(0.12) and not case.part
        recent = (self.today - one.held_on).days
        sent_on = (
            None if recent < 12 and dice.chance(0.7) else min(self.today, one.held_on + dice.days(2, 11))
        )
        for due, state in covered:
            self.loader[ReviewSubject].write(review_id=key, due_id=due, outcome=state)
        if in_full:
            self.ratings(case, key, one.held_on)
            self.actions(case, key, one.held_on)
        present = self.guests(case, key, one.held_on, attended=True)
        self.owe_record(case, key, one.held_on, sent_on)
        self.loader[Review].write(
            id=key, person_id=case.id, organisation_id=case.team.id, kind="first" if one.cycle == 1 else "annual",
            state="sent" if sent_on else "held", planned_on=one.held_on, planned_at=time(dice.pick((10, 11, 14, 15))),
            place="At home, in the kitchen", why_late="" if one.held_on <= one.due_on else "The carer was in hospital.",
            asked_on=max(one.counted_from, one.held_on - timedelta(days=21)), asked_how="With the photo cards",
            held_on=one.held_on, method="face_to_face", seen_on=one.held_on, seen_where="At home", seen_how="at_meeting",
            persons_preference=dice.pick(("as_now", "as_now", "more_independence")), options_format="plain_text",
            outcome=dice.pick(("no_change", "no_change", "plan")), sent_on=sent_on,
            next_due_on=add_months(min(one.due_on, one.held_on), MONTHS),
            known_since="" if officer else "two years", **self.chair(case, officer, present), **self.said(), **compared(key, in_full and one.cycle > 1),
        )  # fmt: skip

    def said(self):
        return {name: self.dice.pick(options) for name, options in words.REVIEW.items()}

    def chair(self, case, officer, independent):
        if not officer:
            return {"reviewer_id": case.worker.id, "reviewer_role": "care_manager"}
        facts = {
            "reviewer_id": case.team.reviewing_officer.id, "reviewer_role": "reviewing_officer", "why_not_care_manager": OFFICER,
        }  # fmt: skip
        if not independent:
            facts["advocate_refused"] = "“No thank you, my carer is enough.”"
            facts["refusal_capacity"] = (
                "Asked twice with pictures; could say what an advocate does, and why not."
            )
        return facts

    def guests(self, case, review, day, attended=None):
        """Who was there, or is invited. Returns whether somebody independent is among them."""
        running = case.placements[0]
        write = self.loader[Participant].write
        facts = {"review_id": review, "invited_on": day - timedelta(days=14), "attended": attended}
        if attended is None:
            facts["invited_on"] = self.today - timedelta(days=1)
        copy = case.needs_format if case.needs_format in FORMATS else "standard"
        write(name=case.name, role="person", wanted="yes", format=copy, **facts)
        carer = write(name=running.carer[1], role="carer", wanted="yes", **facts)
        if attended and self.detailed:
            self.perhaps_said_to_be_wrong(review, carer, day)
        write(
            name=case.scheme_worker.name, role="scheme_worker", user_id=case.scheme_worker.id,
            organisation_id=case.scheme.id, **facts,
        )  # fmt: skip
        independent = False
        for key, name, kind, _relation in case.contacts:
            independent = independent or kind in ("named_person", "advocate")
            write(name=name, role=kind, contact_id=key, wanted="yes" if case.part else "not_said", **facts)
        return independent

    def perhaps_said_to_be_wrong(self, review, participant, day):
        """A few carers put something right beside the record, drawn from its key; on some it is to be sent again."""
        drawn = int(review[-2:], 16)
        if drawn < 6 and (said_on := day + timedelta(days=14)) <= self.today:
            self.loader[RecordRemark].write(
                review_id=review,
                participant_id=participant,
                words=words.REMARK,
                said_on=said_on,
                copied_on=said_on if drawn < 4 else None,
            )

    def ratings(self, case, review, held_on):
        known = [outcomes for signed_on, outcomes in case.versions if signed_on <= held_on]
        for outcome in known[-1] if known else ():
            rating = self.dice.pick(OUTCOMES)
            self.loader[OutcomeRating].write(
                review_id=review,
                outcome_id=outcome,
                rating=rating,
                words="The course only begins in spring." if rating == "not_yet" else "",
            )
        for running in case.placements:
            for requirement in running.requirements:
                self.loader[RequirementRating].write(
                    review_id=review,
                    requirement_id=requirement,
                    rating=self.dice.pick(("met", "met", "partly")),
                )

    def actions(self, case, review, held_on):
        carer = case.placements[0].carer[1]
        owners = (
            (case.worker.name, case.worker.id),
            (case.scheme_worker.name, case.scheme_worker.id),
            (carer, None),
        )
        for said in self.dice.some(words.ACTIONS, self.dice.between(1, 2)):
            name, user = self.dice.pick(owners)
            due_on = held_on + self.dice.days(20, 90)
            done_on = min(self.today, due_on - self.dice.days(0, 15))
            open_still = self.dice.chance(0.8) if due_on > self.today else self.dice.chance(0.05)
            self.loader[ReviewAction].write(
                review_id=review, person_id=case.id, organisation_id=case.team.id, words=said, owner_name=name,
                owner_id=user, due_on=due_on, done_on=None if open_still else done_on,
                next_stage_on=self.first_stage("reviews.review_action", due_on) if open_still else None,
            )  # fmt: skip

    def owe_record(self, case, review, held_on, sent_on):
        due_on = working_days_after(held_on, RECORD_DAYS)
        self.loader[RecordOwed].write(
            review_id=review,
            person_id=case.id,
            organisation_id=case.team.id,
            due_on=due_on,
            sent_on=sent_on,
            next_stage_on=None if sent_on else self.first_stage("reviews.record_to_send", due_on),
        )

    def perhaps_arranged(self, case, one, dues):
        """Most of what falls due soon has its meeting arranged; in the first team by the reviewing officer who signs in."""
        days_left = (one.due_on - self.today).days
        first_team = case.team is self.world.all_teams[0]
        if not 1 < days_left <= (90 if first_team else 42) or case.part or not dues or self.dice.chance(0.4):
            return
        planned_on = self.today + timedelta(days=self.dice.between(1, days_left))
        officer = self.dice.chance(0.8 if first_team else 0.15)
        key = self.dice.uuid()
        for due in dues:
            self.loader[ReviewSubject].write(review_id=key, due_id=due, outcome="planned")
        self.guests(case, key, planned_on)
        reviewer = case.team.reviewing_officer if officer else case.worker
        self.loader[Review].write(
            id=key, person_id=case.id, organisation_id=case.team.id, kind="first" if one.cycle == 1 else "annual",
            state="scheduled", planned_on=planned_on, planned_at=time(self.dice.pick((10, 11, 14))), place="At home",
            reviewer_id=reviewer.id, reviewer_role="reviewing_officer" if officer else "care_manager",
            why_not_care_manager=OFFICER if officer else "", asked_on=self.today - timedelta(days=2), asked_how="On a visit",
        )  # fmt: skip
        if officer:
            self.loader[Involvement].write(
                person_id=case.id, organisation_id=case.team.id, role=Involvement.Role.HOLDS_REVIEW.value,
                worker_id=reviewer.id, since=self.today - timedelta(days=1), until=planned_on + timedelta(days=90),
            )  # fmt: skip


def compared(key, with_last):
    """How much of a review stood in the last one, drawn from its key: a few are very like it, and say why."""
    drawn = int(key[-2:], 16)  # not its first: those are one for all that lie together
    if not with_last:
        return {}
    if drawn < 10:
        return {"likeness": 90 + drawn, "why_alike": "Read it out to them; they said it is still so."}
    return {"likeness": 20 + drawn // 5}
