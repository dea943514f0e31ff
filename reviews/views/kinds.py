"""What each kind of meeting is: to read, to print, and in easy read with pictures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from reviews.kinds import kinds_for
from reviews.models import ReviewPolicy
from reviews.queries import policy_for
from sharedlives.documents import pdf
from sharedlives.permissions import Permission, require

NAME, TITLE = "meetings-about-me", "Meetings about me"


def policy_of_reader(user):
    """The policy of the reader's own council; a scheme works for several, and reads the shipped one."""
    councils = [m.organisation.council for m in user.current_memberships() if m.organisation.council]
    return policy_for(councils[0] if councils else None, timezone.localdate()) or ReviewPolicy()


@require(Permission.REVIEW_VIEW)
@require_GET
def kinds(request):
    """The page; with `?format=easy_read` a tagged PDF to hand over, or plain text where no PDFs can be made."""
    facts = {"kinds": kinds_for(policy_of_reader(request.user))}
    if request.GET.get("format") != "easy_read":
        return render(request, "reviews/kinds.html", facts)
    if pdf.available():
        content, kind, ending = (
            pdf.render_pdf("reviews/kinds_pdf.html", facts, title=TITLE),
            "application/pdf",
            "pdf",
        )
    else:
        content, kind, ending = (
            render_to_string("reviews/kinds.txt", facts),
            "text/plain; charset=utf-8",
            "txt",
        )
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{NAME}.{ending}"'
    return response
