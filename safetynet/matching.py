"""How rows of lists stand to our records: the comparison and its outcome. Decides; writes nothing."""

from dataclasses import dataclass

from people import likeness
from people.likeness import Verdict
from people.models import Person

from . import rules
from .models import LinkDecision, NotSamePerson, RosterRow

State = RosterRow.State


@dataclass
class Outcome:
    """What the rules say of one row: its state, and the persons with reasons, the likeliest first."""

    row: RosterRow
    state: str
    fits: list

    @property
    def council(self):
        """The council that decides: of the likeliest person where a human must look, else None (of the list)."""
        councils = [person.responsible_council_id for person, _alike in self.fits]
        if self.state != State.POSSIBLE or self.row.roster.source.council_id in councils:
            return None
        return councils[0]

    def wanted(self):
        """{person id or None: (verdict, weight, reasons)}: the decisions that shall stand for this row."""
        if self.state == State.MISSING:
            return {
                None: (LinkDecision.Verdict.NOT_ON_OUR_RECORDS, 0, ["nobody on our records is like this"])
            }
        linked = self.state == State.LINKED
        verdict = LinkDecision.Verdict.LINKED if linked else LinkDecision.Verdict.POSSIBLE
        return {person.pk: (verdict, alike.weight, list(alike.reasons)) for person, alike in self.fits}


def facts_of_row(row):
    return likeness.facts(
        given_name=row.given_name,
        family_name=row.family_name,
        date_of_birth=row.date_of_birth,
        nhs_number=row.nhs_number,
        postcode=row.postcode,
    )


def compare(rows):
    """An `Outcome` for each row. Four queries for a batch, however many rows."""
    rows = list(rows)
    wanted = [facts_of_row(row) for row in rows]
    found = likeness.candidates_of(Person.objects.all(), wanted)
    not_same, decided = remembered(rows), decided_before(rows)
    outcomes = []
    for row, facts, persons in zip(rows, wanted, found, strict=True):
        key = (row.roster.source_id, row.fingerprint)
        if key in decided:
            outcomes.append(Outcome(row, State.LINKED, [(decided[key], as_decided(facts, decided[key]))]))
            continue
        persons = [person for person in persons if (*key, person.pk) not in not_same]
        outcomes.append(outcome(row, facts, persons))
    return outcomes


def outcome(row, facts, persons):
    """One record that surely fits: linked. Several, or some that may: a human looks. None: not on our records."""
    compared = [(person, likeness.compare(facts, likeness.facts_of(person))) for person in persons]
    compared.sort(key=lambda pair: (-pair[1].weight, pair[0].reference))
    sure = [pair for pair in compared if pair[1].verdict == Verdict.SAME]
    humans = {person.identity_id or person.pk for person, _alike in sure}
    if len(humans) == 1:
        return Outcome(row, State.LINKED, sure[:1])
    perhaps = [pair for pair in compared if pair[1].verdict != Verdict.DIFFERENT]
    if perhaps:
        return Outcome(
            row, State.POSSIBLE, [(person, explained(alike, len(humans))) for person, alike in perhaps[:10]]
        )
    return Outcome(row, State.MISSING, [])


def explained(alike, sure):
    """The reasons, and why the rules leave it to a human."""
    reasons = alike.reasons
    if sure > 1 and alike.verdict == Verdict.SAME:
        reasons = (*reasons, "more than one record fits")
    if any("first names differ" in reason for reason in reasons) and "same NHS number" not in reasons:
        reasons = (
            *reasons,
            rules.NOT_A_RELATIVE.says[:1].lower() + rules.NOT_A_RELATIVE.says[1:].rstrip("."),
        )
    return likeness.Likeness(Verdict.POSSIBLE, alike.weight, reasons)


def as_decided(facts, person):
    alike = likeness.compare(facts, likeness.facts_of(person))
    return likeness.Likeness(
        Verdict.SAME, alike.weight, ("somebody linked the same entry of an earlier list", *alike.reasons)
    )


def remembered(rows):
    """{(source, fingerprint, person)} that somebody decided are two."""
    known = NotSamePerson.objects.filter(
        source__in={row.roster.source_id for row in rows}, fingerprint__in={row.fingerprint for row in rows}
    )
    return set(known.values_list("source_id", "fingerprint", "person_id"))


def decided_before(rows):
    """{(source, fingerprint): person} that somebody, not the rules, linked in an earlier list and did not undo."""
    known = LinkDecision.objects.standing().filter(
        verdict=LinkDecision.Verdict.LINKED,
        decided_by__isnull=False,
        row__roster__source__in={row.roster.source_id for row in rows},
        row__fingerprint__in={row.fingerprint for row in rows},
    )
    known = known.select_related("row__roster", "person").order_by("at")
    return {(one.row.roster.source_id, one.row.fingerprint): one.person for one in known}
