"""Who may do what. Every permission, every role and every grant is in this file.

A grant says what a role may do with a person whom the user's own membership makes visible. Which
persons those are is decided by `people.models.PersonQuerySet.visible_to`. Two memberships never add up.
"""

from enum import StrEnum
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing somebody may do. The value is what tests and logs show."""

    PERSON_FIND = "person.find"
    PERSON_VIEW = "person.view"
    PERSON_REGISTER = "person.register"
    PERSON_EDIT = "person.edit"
    PERSON_LOOKED = "person.looked"  # see who has looked at a record
    SUBJECT_ACCESS = (
        "person.subject_access"  # read through a copy of everything about a person, and hand it over
    )
    SUBJECT_ACCESS_LIST = "person.subject_access_list"  # the register of such requests, by reference
    PERSON_RESTRICT = "person.restrict"  # close a record to all but a few
    CONTACT_WRITE = "contact.write"
    NOTE_WRITE = "note.write"  # the contact log
    ABOUT_WRITE = "about.write"  # help the person write About me
    HANDOVER_ASK = "handover.ask"
    HANDOVER_ACCEPT = "handover.accept"  # for the team that takes over
    EMERGENCY_ACCESS = "person.emergency_access"
    ACCESS_GRANT_APPROVE = "person.access_grant_approve"

    HOUSEHOLD_VIEW = "household.view"
    HOUSEHOLD_WRITE = "household.write"
    LIVING_TOGETHER = "living_together.decide"  # who may not live together: decide, look again, end
    CARER_VIEW = "carer.view"
    CARER_WRITE = "carer.write"
    CARER_APPROVE = "carer.approve"
    CARER_COPY = (
        "carer.copy"  # give carers and their households a copy of what is kept; see who has looked at it
    )

    ASSESSMENT_WRITE = "assessment.write"
    WISH_WRITE = "wish.write"  # wishes and changes: write down, pass on, answer
    SUPPORT_PLAN_WRITE = "support_plan.write"  # the scheme's own plan of the days
    ASSESSMENT_PART = "assessment.part"  # the scheme's part of a joint one
    PLAN_VIEW = "plan.view"
    PLAN_WRITE = "plan.write"
    PLAN_SIGN = "plan.sign"
    PLAN_SHARE = "plan.share"
    PLAN_ACKNOWLEDGE = "plan.acknowledge"

    RISK_VIEW = "risk.view"
    RISK_WRITE = "risk.write"
    RISK_AGREE = "risk.agree"
    INCIDENT_WRITE = "incident.write"
    CONCERN_VIEW = "concern.view"
    CONCERN_WRITE = "concern.write"
    CONCERN_ANSWER = "concern.answer"
    CHANGE_WRITE = "change.write"  # a scheme notices that something has changed

    REFERRAL_WRITE = "referral.write"
    REFERRAL_ANSWER = "referral.answer"
    MATCH_VIEW = "match.view"
    MATCH_WRITE = "match.write"
    MATCH_AGREE = "match.agree"
    PLACEMENT_VIEW = "placement.view"
    PLACEMENT_WRITE = "placement.write"
    PLACEMENT_START = "placement.start"
    PLACEMENT_AWAY = "placement.away"  # somebody is in hospital or elsewhere for a while
    PLACEMENT_END = "placement.end"

    REVIEW_VIEW = "review.view"
    REVIEW_ARRANGE = "review.arrange"
    REVIEW_HOLD = "review.hold"
    REVIEW_REQUEST = "review.request"  # writes down that somebody asks for a review before its date

    WORK_VIEW = "work.view"
    TEAM_VIEW = "team.view"
    FLAG_VIEW = "flag.view"
    FLAG_CLOSE = "flag.close"
    ROSTER_UPLOAD = "roster.upload"
    ROSTER_UPLOAD_OTHER = "roster.upload_other"
    LINK_DECIDE = "link.decide"
    AVAILABILITY_VIEW = "availability.view"
    BRING_IN = "bring_in"  # the pages; which files, the next four say
    BRING_IN_SET_UP = "bring_in.set_up"  # teams and users
    BRING_IN_PEOPLE = "bring_in.people"  # people and their last reviews
    BRING_IN_HOMES = "bring_in.homes"  # homes, carers, approvals, training
    BRING_IN_PLACEMENTS = "bring_in.placements"
    ADMINISTER = "administer"


class Role(models.TextChoices):
    """What a membership makes of a user in one organisation."""

    CARE_MANAGER = "care_manager", _("Care manager")
    REVIEWING_OFFICER = "reviewing_officer", _("Reviewing officer")
    TEAM_MANAGER = "team_manager", _("Team manager")
    SCHEME_WORKER = "scheme_worker", _("Scheme worker")
    SCHEME_MANAGER = "scheme_manager", _("Scheme manager")
    COMMISSIONER = "commissioner", _("Commissioner")
    DATA_OFFICER = "data_officer", _("Data officer")
    ADMINISTRATOR = "administrator", _("Administrator")


DESCRIPTIONS = {
    Role.CARE_MANAGER: _(
        "Sees the people whom the own team funds. Writes assessments, plans, risk and reviews."
    ),
    Role.REVIEWING_OFFICER: _("Sees the people whose review they hold, until 28 days after it."),
    Role.TEAM_MANAGER: _("As a care manager, for the own team and the teams beneath it."),
    Role.SCHEME_WORKER: _(
        "Sees the people whom the scheme supports, and the referrals sent to it. Keeps homes, carers and placements."
    ),
    Role.SCHEME_MANAGER: _("As a scheme worker; also approves carers and starts."),
    Role.COMMISSIONER: _("Sees what is available and what is missing. Sees no person."),
    Role.DATA_OFFICER: _("Uploads lists, links rows to records, decides duplicates. Council-wide."),
    Role.ADMINISTRATOR: _("Looks after users, organisations, policies and jobs. Sees no content."),
}

P = Permission
READS_CASE = {
    P.PERSON_FIND,
    P.PERSON_VIEW,
    P.PLAN_VIEW,
    P.RISK_VIEW,
    P.PLACEMENT_VIEW,
    P.REVIEW_VIEW,
    P.WORK_VIEW,
}
CARE_MANAGER = READS_CASE | {
    P.PERSON_REGISTER,
    P.PERSON_EDIT,
    P.CONTACT_WRITE,
    P.NOTE_WRITE,
    P.ABOUT_WRITE,
    P.HANDOVER_ASK,
    P.EMERGENCY_ACCESS,
    P.ASSESSMENT_WRITE,
    P.WISH_WRITE,
    P.PLAN_WRITE,
    P.PLAN_SIGN,
    P.PLAN_SHARE,
    P.LIVING_TOGETHER,
    P.RISK_WRITE,
    P.RISK_AGREE,
    P.INCIDENT_WRITE,
    P.CONCERN_VIEW,
    P.CONCERN_WRITE,
    P.CONCERN_ANSWER,
    P.REFERRAL_WRITE,
    P.MATCH_VIEW,
    P.MATCH_AGREE,
    P.PLACEMENT_AWAY,
    P.PLACEMENT_END,
    P.REVIEW_ARRANGE,
    P.REVIEW_HOLD,
    P.REVIEW_REQUEST,
    P.FLAG_VIEW,
    P.FLAG_CLOSE,
    P.AVAILABILITY_VIEW,
}
SCHEME_WORKER = READS_CASE | {
    P.NOTE_WRITE,
    P.ABOUT_WRITE,
    P.EMERGENCY_ACCESS,
    P.HOUSEHOLD_VIEW,
    P.HOUSEHOLD_WRITE,
    P.LIVING_TOGETHER,
    P.CARER_VIEW,
    P.CARER_WRITE,
    P.ASSESSMENT_WRITE,
    P.ASSESSMENT_PART,
    P.WISH_WRITE,
    P.SUPPORT_PLAN_WRITE,
    P.PLAN_ACKNOWLEDGE,
    P.RISK_AGREE,
    P.INCIDENT_WRITE,
    P.CONCERN_VIEW,
    P.CONCERN_WRITE,
    P.CHANGE_WRITE,
    P.REFERRAL_ANSWER,
    P.MATCH_VIEW,
    P.MATCH_WRITE,
    P.PLACEMENT_WRITE,
    P.PLACEMENT_START,
    P.PLACEMENT_AWAY,
    P.PLACEMENT_END,
    P.REVIEW_REQUEST,
    P.FLAG_VIEW,
    P.ROSTER_UPLOAD,
    P.AVAILABILITY_VIEW,
}

GRANTS = {
    Role.CARE_MANAGER: CARE_MANAGER,
    Role.REVIEWING_OFFICER: READS_CASE
    | {P.NOTE_WRITE, P.MATCH_VIEW, P.REVIEW_ARRANGE, P.REVIEW_HOLD, P.REVIEW_REQUEST, P.AVAILABILITY_VIEW},
    Role.TEAM_MANAGER: CARE_MANAGER
    | {
        P.SUBJECT_ACCESS,
        P.SUBJECT_ACCESS_LIST,
        P.PERSON_RESTRICT,
        P.TEAM_VIEW,
        P.PERSON_LOOKED,
        P.ACCESS_GRANT_APPROVE,
        P.HANDOVER_ACCEPT,
    },
    Role.SCHEME_WORKER: SCHEME_WORKER,
    Role.SCHEME_MANAGER: SCHEME_WORKER
    | {P.CARER_APPROVE, P.CARER_COPY, P.TEAM_VIEW, P.BRING_IN, P.BRING_IN_HOMES, P.BRING_IN_PLACEMENTS},
    Role.COMMISSIONER: {P.AVAILABILITY_VIEW},
    Role.DATA_OFFICER: {
        P.SUBJECT_ACCESS_LIST,
        P.FLAG_VIEW,
        P.FLAG_CLOSE,
        P.ROSTER_UPLOAD,
        P.ROSTER_UPLOAD_OTHER,
        P.LINK_DECIDE,
        P.BRING_IN,
        P.BRING_IN_PEOPLE,
        P.BRING_IN_PLACEMENTS,
        P.WORK_VIEW,
    },
    Role.ADMINISTRATOR: {P.BRING_IN, P.BRING_IN_SET_UP, P.ADMINISTER},
}


def roles_with(permission):
    """The roles that hold a permission, in the order in which they are declared."""
    return [role for role in Role if permission in GRANTS[role]]


def has_permission(user, permission):
    """Does any current membership of the user hold this permission? Says nothing about a person."""
    return user.is_authenticated and any(
        permission in GRANTS[membership.role] for membership in user.current_memberships()
    )


def require(permission):
    """Guard a view: 403 without the permission. The name stays on the view for tests and navigation."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not has_permission(request.user, permission):
                raise PermissionDenied(needs(permission))
            return view(request, *args, **kwargs)

        guarded.permission = permission
        return guarded

    return decorate


def signed_in(view):
    """Mark a view that every signed-in user may open."""
    view.permission = "signed_in"
    return view


def needs(permission):
    """Plain words for a refusal: who can do this."""
    able = [str(role.label).lower() for role in roles_with(permission)]
    return _("This needs one of these roles: %(roles)s.") % {"roles": ", ".join(able) or "none"}
