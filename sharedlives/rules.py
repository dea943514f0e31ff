"""Practice rules and their sources. A rule is silent until it is about to be broken.

A refusal says what is wrong, what mends it and which document asks for it. `docs/rules.md` is generated
from this registry; a test fails for a rule that has no test.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext

REGISTRY = {}
ENGLAND = "England"
NATIONS = {
    "E": ENGLAND,
    "W": "Wales",
    "S": "Scotland",
    "N": "Northern Ireland",
}  # the first letter of an ONS code


class RuleBroken(ValidationError):
    """A practice rule refused the change. The message is written for the user."""

    rule = None


class Stale(ValidationError):
    """Somebody else changed the row after this form was opened. Holds what they changed, field by field."""

    def __init__(self, changes):
        self.changes = changes
        said = "; ".join(f"{c['field']}: “{c['was']}” became “{c['now']}”" for c in changes)
        super().__init__(
            "Somebody else saved this while you were typing"
            + (f" ({said})" if said else "")
            + ". What you typed is still here. Check it against the change, then save again."
        )


@dataclass(frozen=True)
class Rule:
    """One rule of practice.

    `says` is the refusal in plain words (may hold {placeholders}); `mends` says what to do next;
    `source` names the document; `constraint` is the database constraint that keeps it too, if any (a tuple of
    names where several keep one rule). A trigger's DETAIL reaches the words as {detail}. `nation`: whose law and
    guidance it follows (docs/adr/0019).
    """

    code: str
    says: str
    source: str
    mends: str = ""
    constraint: str | tuple[str, ...] = ""
    nation: str = ENGLAND

    def __post_init__(self):
        if self.code in REGISTRY:
            raise ValueError(f"Two rules are called {self.code}")
        REGISTRY[self.code] = self

    def words(self, **facts):
        """The whole refusal: what is wrong, what mends it, and the source, in the reader's language where it is known."""
        says, mends = (gettext(said).format(**facts) if said else "" for said in (self.says, self.mends))
        parts = [says, mends, f"({self.source})"]
        return " ".join(part for part in parts if part)

    def broken(self, field=None, **facts):
        """The exception to raise; with `field` the message stands beside that field of the form."""
        message = ValidationError(self.words(**facts), code=self.code)
        error = RuleBroken({field: message}) if field else RuleBroken(message)
        error.rule = self
        return error


def nations_without_rules():
    """The nations for which no rule is set yet: there all follows the rules of England, and the pages say so."""
    return {*NATIONS.values()} - {rule.nation for rule in REGISTRY.values()}


def all_at_once(refusals):
    """Raise one refusal that names every broken rule, or return when there is none."""
    refusals = list(refusals)
    if refusals:
        raise RuleBroken([error for refusal in refusals for error in as_list(refusal)])


def as_list(refusal):
    return getattr(refusal, "error_list", None) or [
        error for errors in refusal.error_dict.values() for error in errors
    ]


def for_constraint(name):
    """The rule that a database constraint keeps, or None."""
    for rule in REGISTRY.values():
        kept_by = (rule.constraint,) if isinstance(rule.constraint, str) else rule.constraint
        if name and name in kept_by:
            return rule
    return None


@contextmanager
def refusals(**fields):
    """Turn a refusal of PostgreSQL into its rule's words.

    `fields` may name the form field of a rule's constraint: `refusals(carers_home_not_full="household")`.
    An unknown constraint stays an IntegrityError: that is a fault, not a refusal.
    """
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", "") or ""
        rule = for_constraint(name)
        if rule is None:
            raise
        raise rule.broken(fields.get(name), detail=diagnosis.message_detail) from error
