"""Links by which somebody without an account raises a concern: making, showing once, closing."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods
from qrcode import QRCode

from people.access import check, person_or_404
from people.visibility import Level
from risk import actions, forms
from risk.models import ConcernLink
from risk.models.concern import councils_managed
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
SHOWN_ONCE = "concern-link"


def made(request, action):
    """The action, with the token put aside for the one page that shows it: it is kept nowhere else."""

    def carry_out(**facts):
        link = action(**facts)
        request.session[SHOWN_ONCE] = {"link": str(link.pk), "token": link.token}
        return link

    return carry_out


def address_made(request, links):
    """(the link just made, its whole address, its QR code), or three times nothing. A second look shows nothing."""
    kept = (
        request.session.pop(SHOWN_ONCE, None)
        if request.method == "GET" and SHOWN_ONCE in request.session
        else None
    )
    link = next((link for link in links if kept and str(link.pk) == kept["link"]), None)
    if link is None:
        return None, "", ""
    address = request.build_absolute_uri(reverse("concern:raise", args=[kept["token"]]))
    return link, address, picture_of(address)


def picture_of(address):
    """A QR code as one SVG path, drawn without styles so that the page's policy lets it be."""
    code = QRCode(border=4)
    code.add_data(address)
    rows = code.get_matrix()
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="app-qr" viewBox="0 0 {0} {0}" width="220" height="220" role="img" aria-label="QR code of the link">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>',
        len(rows),
        dots,
    )


@require(Permission.CONCERN_WRITE)
@require_http_methods(BOTH)
def links(request, person):
    """The links of one person, and a form for a new one."""
    person = person_or_404(request, person, Permission.CONCERN_WRITE, least=Level.SUPPORTS)
    rows = list(ConcernLink.objects.visible_to(request.user).filter(person=person).select_related("made_by"))
    link, address, picture = address_made(request, rows)
    form = forms.LinkForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=made(request, partial(actions.make_link, person=person, by=request.user)),
        template="concern/links.html", to=reverse("risk:concern_links", args=[person.pk]), person=person, links=rows,
        today=timezone.localdate(), link=link, address=address, picture=picture,
    )  # fmt: skip


@require(Permission.TEAM_VIEW)
@require_http_methods(BOTH)
def public(request):
    """The council's public link. Team managers of the council look after it."""
    if not councils_managed(request.user):
        raise Http404
    rows = ConcernLink.objects.visible_to(request.user).filter(made_for=ConcernLink.For.PUBLIC)
    rows = list(rows.select_related("made_by"))
    link, address, picture = address_made(request, rows)
    form = forms.PublicLinkForm(request.POST or None, user=request.user)
    action = partial(actions.make_link, made_for=ConcernLink.For.PUBLIC, by=request.user)
    return form_page(
        request, form=form, action=made(request, action), template="concern/links.html", to=reverse("risk:public_link"),
        links=rows, today=timezone.localdate(), link=link, address=address, picture=picture,
        open=any(row.opens(timezone.localdate()) for row in rows),
    )  # fmt: skip


@require(Permission.CONCERN_WRITE)
@require_http_methods(BOTH)
def close(request, pk):
    """Close a link, so that it no longer opens."""
    row = get_object_or_404(ConcernLink.objects.visible_to(request.user).select_related("person"), pk=pk)
    if row.person is not None:
        request.looked_at([row.person_id])
        check(request.user, Permission.CONCERN_WRITE, row.person)
    form = forms.CloseLinkForm(request.POST or None, user=request.user, row=row)
    to = reverse("risk:concern_links", args=[row.person_id]) if row.person_id else reverse("risk:public_link")
    return form_page(
        request, form=form, action=partial(actions.close_link, link=row, by=request.user), template="concern/close.html",
        done="The link no longer opens.", to=to, link=row, person=row.person,
    )  # fmt: skip
