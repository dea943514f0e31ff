"""Which rows are one's own."""


def own_organisations(user):
    """The organisations in which a user works today, by id."""
    return [membership.organisation_id for membership in user.current_memberships()]
