"""Risk assessments, who is responsible for which part, and what went wrong."""

from datetime import timedelta

from risk.models import (
    ChangeNoticed,
    Complaint,
    DutyOfCandour,
    ForeseenNeed,
    Incident,
    IncidentPerson,
    ResponsibilityAgreement,
    Risk,
    RiskAssessment,
    RiskCopy,
)

from . import words
from .plans import at_noon

SUMMARY = (
    "Knows the way to the shops and to the club. New routes only with somebody. Medicines in a weekly box."
)


class Assessor:
    def __init__(self, loader, dice, today, first_stage):
        self.loader, self.dice, self.today, self.first_stage = loader, dice, today, first_stage
        self.detailed = False

    def write(self, case, detailed):
        self.detailed = detailed
        if case.status != "assessed" and (detailed or self.dice.chance(0.5)):
            self.assessment(case, detailed)
        if case.scheme and detailed:
            self.responsibilities(case)
            if case.status == "active":
                self.daily_life(case)

    def daily_life(self, case):
        """What schemes notice, what will come, and now and then a complaint: for the first people alone."""
        dice = self.dice
        if dice.chance(0.1):
            self.change(case, self.today - dice.days(0, 20))
        if dice.chance(0.06):
            look_again_on = self.today + dice.days(10, 200)
            self.loader[ForeseenNeed].write(
                person_id=case.id, organisation_id=case.team.id, words="The carer is over seventy and speaks of stopping.",
                owner_id=case.worker.id, due_on=look_again_on, next_stage_on=self.first_stage("risk.foreseen", look_again_on),
            )  # fmt: skip
        if dice.chance(0.03):
            self.complaint(case, self.today - dice.days(2, 60))

    def change(self, case, noticed_on):
        """A change that the scheme noticed: the newest ones still wait for an answer."""
        due_on = noticed_on + timedelta(days=5)
        kind, noticed = self.dice.pick(words.CHANGES)
        facts = {"next_stage_on": self.first_stage("risk.change", due_on)}
        if (self.today - noticed_on).days > 4:
            facts = {
                "answered_on": due_on,
                "answered_by_id": case.worker.id,
                "outcome": "watch",
                "answer": "Thank you. I ring on Friday.",
            }
        self.loader[ChangeNoticed].write(
            person_id=case.id, organisation_id=case.scheme.id, kind=kind, words=noticed, noticed_on=noticed_on,
            noticed_by_id=case.scheme_worker.id, due_on=due_on, **facts,
        )  # fmt: skip

    def complaint(self, case, received_on):
        """A complaint to the scheme: older ones are answered."""
        due_on = received_on + timedelta(days=28)
        facts = {"next_stage_on": self.first_stage("risk.complaint", due_on)}
        if (self.today - received_on).days > 20:
            facts = {
                "answered_on": received_on + timedelta(days=14), "answered_by_id": case.scheme_worker.id, "outcome": "partly",
                "answer": "We met, and we are sorry. The times are agreed in writing now.",
            }  # fmt: skip
        self.loader[Complaint].write(
            person_id=case.id, organisation_id=case.scheme.id, stage="first", raiser="relative", received_on=received_on,
            words="Visits were changed twice without asking.", wants="To be rung the day before.",
            recorded_by_id=case.scheme_worker.id, acknowledged_on=received_on + timedelta(days=1), due_on=due_on, **facts,
        )  # fmt: skip

    def assessment(self, case, detailed):
        """The version that holds: signed within the last year; a few are overdue to be looked at again."""
        dice = self.dice
        earliest = case.began + timedelta(days=5)
        signed_on = max(earliest, self.today - dice.days(20, 330))
        due_on = signed_on + timedelta(days=365)
        if dice.chance(0.05) and (self.today - signed_on).days > 60:
            due_on = self.today - dice.days(1, 30)
        if due_on <= signed_on:
            due_on = signed_on + timedelta(days=180)
        key = dice.uuid()
        for n, risk in enumerate(dice.some(words.RISKS, dice.between(1, 3) if detailed else 1), start=1):
            self.risk(key, n, risk, due_on)
        self.loader[RiskAssessment].write(
            id=key, person_id=case.id, organisation_id=case.team.id, number=1, state="signed",
            drafted_by_id=case.worker.id, drafted_on=signed_on - timedelta(days=6), own_view="“I can do more than people think.”",
            took_part="Written at the kitchen table with the person and the carer.", summary_shared=SUMMARY,
            signed_by_id=case.worker.id, signed_on=signed_on, due_on=due_on,
            seen_how="visit", seen_on=signed_on - timedelta(days=6), seen_where="At home, round the kitchen table",
            next_stage_on=self.first_stage("risk.risk_review", due_on),
            **(words.CARD if detailed else {}),
        )  # fmt: skip
        if detailed and case.scheme and case.status == "active":
            self.copies(case, key, signed_on)

    def copies(self, case, assessment, signed_on):
        """The person has a copy, and the scheme has read it."""
        given_on = signed_on + timedelta(days=4)
        facts = {
            "assessment_id": assessment, "person_id": case.id, "organisation_id": case.team.id, "sent_on": signed_on,
            "due_on": signed_on + timedelta(days=7), "done_on": given_on,
        }  # fmt: skip
        read = {"reader": "scheme", "scheme_id": case.scheme.id, "done_by_id": case.scheme_worker.id}
        self.loader[RiskCopy].write(reader="person", how="read_out", done_by_id=case.worker.id, **facts)
        self.loader[RiskCopy].write(**read, **facts)

    def risk(self, assessment, number, risk, due_on):
        hazard, kind, gains, controls, wrong = risk
        self.loader[Risk].write(
            assessment_id=assessment, number=number, hazard=hazard, kind=kind, gains=gains, controls=controls,
            if_it_goes_wrong=wrong, responsible=self.dice.pick(("carer", "carer", "person", "scheme", "care_manager")),
            next_review_on=due_on + timedelta(days=0 if number == 1 else 30),
        )  # fmt: skip

    def responsibilities(self, case):
        agreed_on = case.began + self.dice.days(12, 26)
        self.loader[ResponsibilityAgreement].write(
            person_id=case.id, scheme_id=case.scheme.id, team_id=case.team.id, begun_on=case.began + timedelta(days=10),
            joint_needed=self.dice.chance(0.5), joint_words="Home and travel together; health by the council alone.",
            carer_risk_words="The scheme looks at the home, the family and the carer’s health, every year.",
            change_words="Whoever notices a change rings the other the same day; a meeting within two weeks.",
            agreed_by_team_id=case.worker.id, agreed_by_team_on=agreed_on, agreed_by_scheme_id=case.scheme_worker.id,
            agreed_by_scheme_on=agreed_on,
        )  # fmt: skip

    def incident(self, case, home, happened_on, read):
        """Something that went wrong in a home: the nameless header, and what it means for this person."""
        dice = self.dice
        kind, happened, done = dice.pick(words.INCIDENTS)
        key = self.loader[Incident].write(
            household_id=home, organisation_id=case.scheme.id, happened_on=happened_on, kind=kind,
            is_emergency=kind == "illness", what_happened=happened, what_was_done=done,
            recorded_by_id=case.scheme_worker.id, recorded_at=at_noon(happened_on),
        )  # fmt: skip
        due_on = happened_on + timedelta(days=1)
        facts = {"read_by_id": case.worker.id, "read_at": at_noon(due_on)} if read else {}
        self.loader[IncidentPerson].write(
            incident_id=key, person_id=case.id, organisation_id=case.team.id, words=happened, due_on=due_on,
            next_stage_on=None if read else self.first_stage("risk.incident_read", due_on), **facts,
        )  # fmt: skip
        if self.detailed and kind == "accident" and read:
            in_writing_on = happened_on + timedelta(days=8)
            said = {"in_writing_on": in_writing_on, "in_writing_by_id": case.scheme_worker.id}
            late = in_writing_on > self.today
            waits = {"next_stage_on": self.first_stage("risk.candour", happened_on + timedelta(days=11))}
            self.loader[DutyOfCandour].write(
                incident_id=key, person_id=case.id, organisation_id=case.scheme.id, told_whom="The person, and a sister",
                told_on=happened_on + timedelta(days=1), account=happened, apology="We are sorry that this happened to you.",
                recorded_by_id=case.scheme_worker.id, due_on=happened_on + timedelta(days=11), **(waits if late else said),
            )  # fmt: skip
        return key
