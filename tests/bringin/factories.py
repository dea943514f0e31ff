"""Files for tests."""

import io

from django.core.files.base import ContentFile

from sharedlives.bringin import actions
from sharedlives.bringin.kinds import REGISTRY

PEOPLE = "Given name,Family name,Date of birth,NHS number,Council’s own number,Funding team,Named worker,Known since,Postcode"
NUMBERS = ("9434765919", "4010232137", "9990000018")


def csv(heading, *rows):
    return "\r\n".join([heading, *rows, ""]).encode()


def file(content, name="file.csv"):
    return ContentFile(content, name=name)


def upload(content, name="file.csv"):
    """A file as a browser sends it."""
    sent = io.BytesIO(content)
    sent.name = name
    return sent


def received(slug, organisation, by, heading, *rows, name="file.csv"):
    return actions.receive(
        kind=REGISTRY[slug], organisation=organisation, file=file(csv(heading, *rows), name), by=by
    )


def brought(slug, organisation, by, heading, *rows, name="file.csv"):
    """Received and confirmed."""
    bring_in = received(slug, organisation, by, heading, *rows, name=name)
    assert bring_in.state == "ready", bring_in.state
    return actions.confirm(bring_in=bring_in, by=by)


def states(bring_in):
    return [row.state for row in bring_in.rows.order_by("number")]


def only(bring_in, state="mend"):
    """The one row in a state."""
    return bring_in.rows.select_related("bring_in").get(state=state)
