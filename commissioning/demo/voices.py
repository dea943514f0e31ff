"""What stands on a person's page of the demo beside the plan: contact, About me, the law, what they agree to."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from people.models import AboutMe, ContactNote, LegalFact, LegalFactShare, SharingDecision

AGAIN_WITHIN, SOON = timedelta(days=90), timedelta(days=14)  # as shipped
NOTES = (
    ("visit", "carer_home", True, "We had tea in the garden. Happy in the home; wants to try the new bus."),
    ("visit", "carer_home", True, "Showed me the photographs of the trip. The hearing aid needs a battery."),
    ("visit", "day", True, "Met at the day service. Cooked lunch for the others and was proud of it."),
    ("phone", "", False, "The carer rang: a quiet week, the dentist is on Thursday."),
    ("video", "", True, "Short call. Sleeping better since the room has a curtain."),
    ("message", "", False, "Sent the date of the next meeting, with pictures."),
)
DO = (
    "Wait for my answer.",
    "Knock before you come in.",
    "Tell me the day before.",
    "Look at me when you speak.",
)
DO_NOT = ("Do not rush me.", "Do not touch my things.", "Do not talk about me as if I were not there.")
WELL = ("A good day begins with music. On a bad day I go to my room; leave me for half an hour.",
        "I am well when I know what comes next.")  # fmt: skip
SECTION_117 = "Aftercare under section 117"


class Listener:
    """Writes down what the person, the carer and the worker said. For those told in detail only."""

    def __init__(self, loader, today):
        self.loader, self.today = loader, today

    def listen(self, case, own):
        if case.status == "ended":
            return
        self.contacts(case, own)
        if own.chance(0.6):
            self.about_me(case, own)
        if own.chance(0.3):
            self.agreed(case, own)
        if case.reason == "mental_health" and own.chance(0.5):
            self.law(case, own)

    def contacts(self, case, own):
        """Some visits of the last year; the last one lately for most."""
        days = own.between(2, 60) if own.chance(0.85) else own.between(95, 160)
        clock = True
        for _note in range(own.between(1, 4)):
            day = self.today - timedelta(days=days)
            if day <= case.began:
                return
            how, where, seen, words = own.pick(NOTES)
            due_on, clock = day + AGAIN_WITHIN if seen and clock else None, clock and not seen
            self.loader[ContactNote].write(
                id=own.uuid(), person_id=case.id, organisation_id=case.team.id, by_id=case.worker.id,
                happened_at=timezone.make_aware(datetime.combine(day, time(own.between(9, 16), 30))),
                how=how, where=where, saw_person=seen, words=words, due_on=due_on,
                next_stage_on=due_on and due_on - SOON,
            )  # fmt: skip
            days += own.between(20, 90)

    def about_me(self, case, own):
        helper = own.pick(("my mum", "my carer", "my key worker"))
        self.loader[AboutMe].write(
            id=own.uuid(), person_id=case.id, organisation_id=case.team.id, number=1, writer="supported",
            supported_by=helper, written_on=case.began + timedelta(days=14), typed_by_id=case.worker.id,
            most_important="The people I live with, and my own room.", wellness=own.pick(WELL),
            please_do=own.pick(DO), please_do_not=own.pick(DO_NOT),
        )  # fmt: skip

    def agreed(self, case, own):
        self.loader[SharingDecision].write(
            id=own.uuid(), person_id=case.id, organisation_id=case.team.id, what="everything", answer="agrees",
            words="They may know what they need to help me.", since=case.began + timedelta(days=7),
        )  # fmt: skip

    def law(self, case, own):
        key, since = own.uuid(), case.began
        self.loader[LegalFact].write(
            id=key, person_id=case.id, organisation_id=case.team.id, kind="section_117", about=SECTION_117,
            since=since, risk_note="Aftercare is free of charge; ask the NHS before it is changed.",
        )  # fmt: skip
        if case.scheme is None:
            return
        read_at = timezone.make_aware(datetime.combine(since + timedelta(days=5), time(10)))
        self.loader[LegalFactShare].write(
            id=own.uuid(), person_id=case.id, fact_id=key, scheme_id=case.scheme.id, organisation_id=case.team.id,
            shared_on=since, shared_by_id=case.worker.id, due_on=since + timedelta(days=7),
            acknowledged_at=read_at, acknowledged_by_id=case.scheme_worker.id,
        )  # fmt: skip
