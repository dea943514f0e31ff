"""Sources and lists for tests."""

from datetime import date

from django.utils import timezone

from safetynet import actions
from safetynet.models import RosterSource

HEADING = "Given name,Family name,Date of birth,NHS number,Postcode,Service"


def source(organisation, council, **facts):
    facts = {
        "name": f"List of {organisation}",
        "slug": f"list-of-{organisation.pk}",
        "agreement_until": date(2999, 12, 31),
    } | facts
    row = RosterSource(organisation=organisation, council=council, **facts)
    row.save()
    return row


def csv(*rows, heading=HEADING):
    return "\r\n".join([heading, *rows, ""]).encode()


def received(source, *rows, by=None, content=None, filename="list.csv", at=None, **how):
    return actions.receive(
        source=source, content=content or csv(*rows), filename=filename, by=by, at=at or timezone.now(), **how
    )
