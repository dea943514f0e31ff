"""What the person does not want shared is not shared: every action that lets a record leave asks here."""

from people import rules
from people.queries import sharing_allowed


def refuse_objected(*, person, what, with_whom, on, field=None, by_team=True):
    """Raise RuleBroken where the person objected to this share and no lawful ground overrides it.

    `what` is one of `SharingDecision.What`; `with_whom` as in `people.queries.sharing_allowed`. Somebody of a scheme
    (`by_team=False`) is not told what the person said about it.
    """
    found = sharing_allowed(person, what, with_whom, on)
    if found.allowed:
        return
    if not by_team:
        raise rules.SHARING_OBJECTED_AT_TEAM.broken(field, person=person, team=found.decision.organisation)
    raise rules.SHARING_OBJECTED.broken(
        field,
        person=person,
        on=f"{found.decision.since:%-d %B %Y}",
        whom=with_whom or "anybody",
        words=found.decision.words,
    )
