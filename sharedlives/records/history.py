"""Reading history back in words."""


def story(row, limit=50):
    """The changes of one row, newest first: [{at, by, why, changes: [{field, was, now}]}]."""
    versions = list(row.history.select_related("history_user").order_by("-history_date")[:limit])
    told = []
    for newer, older in zip(versions, [*versions[1:], None], strict=True):
        told.append(
            {
                "at": newer.history_date,
                "by": newer.history_user,
                "why": newer.history_change_reason,
                "changes": differences(newer, older),
            }
        )
    return told


def differences(newer, older):
    if older is None:
        return []
    found = newer.diff_against(older, excluded_fields=["version"]).changes
    return [{"field": c.field, "was": c.old, "now": c.new} for c in found]
