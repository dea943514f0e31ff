"""Primary navigation: what this user may open, and nothing else."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .permissions import Permission, has_permission
from .worklist.jobs import notice


@dataclass(frozen=True)
class NavItem:
    """One entry: its words, where it leads, who sees it."""

    label: str
    url_name: str
    permission: str
    starts: tuple = ()


ITEMS = (
    NavItem(_("My work"), "home", Permission.WORK_VIEW),
    NavItem(_("People"), "people:find", Permission.PERSON_FIND, ("/people/",)),
    NavItem(_("Referrals"), "placements:referrals", Permission.MATCH_VIEW, ("/placements/referrals/",)),
    NavItem(_("Placements"), "placements:list", Permission.PLACEMENT_VIEW, ("/placements/",)),
    NavItem(
        _("Homes"),
        "carers:households",
        Permission.HOUSEHOLD_VIEW,
        ("/carers/", "/placements/homes/", "/placements/breaks/"),
    ),
    NavItem(_("Reviews"), "reviews:list", Permission.REVIEW_VIEW, ("/reviews/",)),
    NavItem(_("Concerns"), "risk:concerns", Permission.CONCERN_VIEW, ("/risk/concerns/",)),
    NavItem(_("To sort out"), "safetynet:flags", Permission.FLAG_VIEW, ("/safetynet/",)),
    NavItem(
        _("Availability"), "commissioning:availability", Permission.AVAILABILITY_VIEW, ("/commissioning/",)
    ),
    NavItem(
        _("Copies asked for"), "people:access_requests", Permission.SUBJECT_ACCESS_LIST, ("/people/copies/",)
    ),
    NavItem(
        _("Administration"),
        "people:administration",
        Permission.ADMINISTER,
        ("/people/administration/", "/people/teams/", "/people/changes/"),
    ),
    NavItem(_("Bring in"), "bringin:home", Permission.BRING_IN, ("/bring-in/",)),
)


def navigation(request):
    """Context for every page: navigation, the training banner, and what is not working tonight."""
    context = {
        "product_name": settings.PRODUCT_NAME,
        "training_copy": settings.TRAINING_COPY,
        "demo": settings.DEMO,
        "pdf_off": settings.PDF_OFF,
        "idle_minutes": int(settings.IDLE_TIMEOUT.total_seconds() // 60),
        "navigation": [],
        "jobs_notice": "",
        "may_note": False,
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    context["navigation"] = entries(user, request.path)
    context["may_note"] = has_permission(user, Permission.NOTE_WRITE)
    context["jobs_notice"] = notice() if request.path == reverse("home") else ""
    return context


def entries(user, path):
    shown = [(item, reverse(item.url_name)) for item in ITEMS if has_permission(user, item.permission)]
    best = max(shown, key=lambda pair: match_length(*pair, path), default=None)
    current = best if best and match_length(*best, path) else None
    return [{"label": pair[0].label, "url": pair[1], "current": pair is current} for pair in shown]


def match_length(item, url, path):
    if path == url:
        return 1000
    return max((len(start) for start in item.starts if path.startswith(start)), default=0)
