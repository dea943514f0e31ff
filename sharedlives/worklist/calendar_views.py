"""One's own dates in one's own calendar: making and stopping the secret address, and what is read at it."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sharedlives.addresses import too_often
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from . import actions, calendars
from .forms import CalendarForm
from .models import CalendarFeed

SHOWN_ONCE = "calendar-address"
READS_AN_HOUR = 60  # calendars ask every few minutes at most


@require(Permission.WORK_VIEW)
@require_http_methods(["GET", "POST"])
def calendar(request):
    """Make a secret address for a calendar, or stop it. The new address shows once."""
    feed = CalendarFeed.objects.visible_to(request.user).open().first()
    token = request.session.pop(SHOWN_ONCE, "") if request.method == "GET" and feed else ""
    address = request.build_absolute_uri(reverse("calendar_feed", args=[token])) if token else ""
    form = CalendarForm(request.POST or None, user=request.user)
    action = kept_for_once(request, partial(actions.choose_calendar, by=request.user))
    return form_page(
        request, form=form, action=action, to=lambda _feed: reverse("worklist:calendar"),
        template="worklist/calendar.html", feed=feed, address=address, done="Saved.",
    )  # fmt: skip


def kept_for_once(request, action):
    """The action, with the token put aside for the one page that shows it: it is kept nowhere else."""

    def carry_out(**facts):
        feed = action(**facts)
        request.session.pop(SHOWN_ONCE, None)
        if feed:
            request.session[SHOWN_ONCE] = feed.token
        return feed

    return carry_out


@login_not_required
@require_GET
def feed(request, token):
    """The calendar behind a secret address: references and no name. 404 once it was stopped."""
    found = actions.find_feed(token)
    if found is None:
        raise Http404
    if too_often(f"calendar:{found.pk}", READS_AN_HOUR):
        return HttpResponse("Too many at once. Ask again in an hour.", status=429, content_type="text/plain")
    made = calendars.calendar_of(found.user, address=request.build_absolute_uri)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'inline; filename="hearthkeep.ics"',
    }
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)
