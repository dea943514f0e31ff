"""Who is responsible for which part of risk assessment: three answers, agreed by both sides."""

from functools import partial

from django.views.decorators.http import require_http_methods

from people.access import person_or_404, row_or_404
from people.visibility import Level
from risk import actions, forms
from risk.models import ResponsibilityAgreement
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
ANSWERS = ("scheme", "joint_needed", "joint_words", "carer_risk_words", "change_words")


@require(Permission.RISK_WRITE)
@require_http_methods(BOTH)
def write(request, person):
    """Write the three answers, or change those that wait to be agreed."""
    person = person_or_404(request, person, Permission.RISK_WRITE, least=Level.FUNDS)
    waiting = ResponsibilityAgreement.objects.visible_to(request.user).open().filter(person=person)
    last = waiting.first()
    initial = {name: getattr(last, name) for name in ANSWERS} if last else {}
    form = forms.ResponsibilityForm(request.POST or None, user=request.user, person=person, initial=initial)
    return form_page(
        request, form=form, action=partial(actions.draft_responsibilities, person=person, by=request.user),
        template="risk/write_responsibilities.html", done="The answers are saved. Both sides now have to agree.",
        person=person, last=last,
    )  # fmt: skip


@require(Permission.RISK_AGREE)
@require_http_methods(BOTH)
def responsibility(request, pk):
    """The three answers and who has agreed; the side that has not may agree here."""
    rows = ResponsibilityAgreement.objects.visible_to(request.user)
    rows = rows.select_related("person", "scheme", "team", "agreed_by_team", "agreed_by_scheme")
    row = row_or_404(request, rows, pk, Permission.RISK_AGREE)
    side = actions.side_of(row, request.user)
    waits = side is not None and getattr(row, f"agreed_by_{side}_on") is None
    form = forms.AgreeForm(request.POST or None, user=request.user, row=row)
    action = partial(actions.agree_responsibilities, agreement=row, side=side, by=request.user)
    return form_page(
        request, form=form, action=action, template="risk/responsibility.html", done="Your side has agreed.",
        person=row.person, agreement=row, side=side, waits=waits,
    )  # fmt: skip
