"""Questions about who is involved, asked by the floors above."""

from .models import Involvement


def funding_involvement(person, on):
    """The involvement of the team that funds a person on a day, with organisation and worker, or None."""
    rows = Involvement.objects.funding().current(on).filter(person=person)
    return rows.select_related("organisation__council", "worker").first()


def funding_team(person, on):
    """The team that funds a person on a day, or None: that is a gap."""
    involvement = funding_involvement(person, on)
    return involvement.organisation if involvement else None


def supports_involvement(person, scheme, on):
    """The involvement of a scheme that supports a person on a day, or None."""
    rows = Involvement.objects.current(on).filter(person=person, organisation=scheme, role="supports")
    return rows.select_related("organisation", "worker").first()
