"""Risk assessments, who is responsible for which part, and what went wrong."""

from datetime import timedelta

from risk.models import Incident, IncidentPerson, ResponsibilityAgreement, Risk, RiskAssessment

from . import words
from .plans import at_noon

SUMMARY = (
    "Knows the way to the shops and to the club. New routes only with somebody. Medicines in a weekly box."
)


class Assessor:
    def __init__(self, loader, dice, today, first_stage):
        self.loader, self.dice, self.today, self.first_stage = loader, dice, today, first_stage

    def write(self, case, detailed):
        if case.status != "assessed" and (detailed or self.dice.chance(0.5)):
            self.assessment(case, detailed)
        if case.scheme and detailed:
            self.responsibilities(case)

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
            next_stage_on=self.first_stage("risk.risk_review", due_on),
        )  # fmt: skip

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
        return key
