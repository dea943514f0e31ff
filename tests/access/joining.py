"""The part of the world about becoming a carer, and what is asked of carers from then on."""

from carers import actions as carers
from carers.models import RequirementKind

from .canaries import canary


def asked(w):
    """A check of Anna's carer; number and notes are the scheme's."""
    facts = {
        "number": canary("CARERWORD"),
        "words": canary("CARERWORD"),
        "level": "barred",
        "done_on": w.today,
    }
    kind = RequirementKind.objects.get(slug="dbs")
    w.requirement = carers.record_requirement(kind=kind, carer=w.carer, by=w.priya, **facts)
