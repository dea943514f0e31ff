"""Concerns, for those who answer them and those who raise one at work."""

from functools import partial

from django.db.models import F
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people.access import person_or_404
from people.visibility import Level
from risk import actions, forms, queries, rules
from risk.access import concern_or_404, may
from risk.models import Concern
from risk.models.concern import councils_managed
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
UNANSWERED_FIRST = F("answered_on").desc(nulls_first=True)
TEST = ("person_wants", "has_needs", "at_risk", "cannot_protect")


def state(concern):
    return "answered" if concern.answered_on else "waiting"


COLUMNS = (
    Column("reference", "Reference", order_by="reference", value="reference", link=lambda row: row.get_absolute_url()),
    Column("received", "Received", order_by="received_at", value="received_at"),
    Column("person", "Person", value=lambda row: row.person.known_as if row.person else "Nobody named yet"),
    Column("due", "To be answered by", order_by="due_on", value="due_on"),
    Column("state", "State", value=state, tag=True),
    Column("who", "Answers for it", value="organisation"),
)  # fmt: skip


@require(Permission.CONCERN_VIEW)
@require_GET
def concerns(request):
    """What the user may see, oldest unanswered first."""
    rows = Concern.objects.visible_to(request.user).select_related("person", "organisation")
    return list_page(
        request, rows.order_by(UNANSWERED_FIRST, "due_on", "pk"), columns=COLUMNS, title="Concerns", export_name="concerns",
        template="concern/list.html", person="pk", noun=("concern", "concerns"),
        empty="No concern that you may see. Raise one from a person’s page.",
        context={"public": bool(councils_managed(request.user))},
    )  # fmt: skip


@require(Permission.CONCERN_WRITE)
@require_http_methods(BOTH)
def write(request, person):
    """A worker writes for the person, a carer, a relative, or in their own name."""
    person = person_or_404(request, person, Permission.CONCERN_WRITE, least=Level.SUPPORTS)
    form = forms.RaiseForm(request.POST or None, user=request.user)
    return form_page(
        request, form=form, action=partial(actions.raise_concern, person=person, by=request.user),
        template="concern/write.html", person=person, to=lambda raised: reverse("concern:received", args=[actions.receipt(raised)]),
    )  # fmt: skip


@require(Permission.CONCERN_VIEW)
@require_GET
def concern(request, pk):
    """One concern, and what is to be done about it."""
    row = concern_or_404(request, pk, Permission.CONCERN_VIEW)
    about = list(row.about.select_related("user", "organisation", "carer"))
    answers = may(request.user, Permission.CONCERN_ANSWER, row)
    context = {
        "concern": row,
        "person": row.person,
        "about": about,
        "answers": answers,
        "children": answers and queries.children_at_home(row, about, timezone.localdate()),
        "enquiry_owed": rules.enquiry_owed(row.safeguarding_test),
    }
    return render(request, "concern/concern.html", context)


@require(Permission.CONCERN_ANSWER)
@require_http_methods(BOTH)
def about(request, pk):
    """Say whom it is about, and in whose life: it goes on its way anew."""
    row = concern_or_404(request, pk, Permission.CONCERN_ANSWER)
    initial = {"about": [one.kind for one in row.about.all()]}
    form = forms.AboutForm(request.POST or None, user=request.user, row=row, initial=initial)
    return form_page(
        request, form=form, action=partial(actions.say_about, concern=row, by=request.user),
        template="concern/about.html", done="Saved. It is with those who may answer it.",
        to=reverse("risk:concerns"), concern=row, person=row.person,
    )  # fmt: skip


@require(Permission.CONCERN_ANSWER)
@require_http_methods(BOTH)
def safeguarding(request, pk):
    """The council decides the three-part test; what the person wants is asked first."""
    row = concern_or_404(request, pk, Permission.CONCERN_ANSWER)
    initial = {name: getattr(row, name) for name in TEST}
    form = forms.SafeguardingForm(request.POST or None, user=request.user, row=row, initial=initial)
    return form_page(
        request, form=form, action=partial(actions.decide_about_concern, concern=row, by=request.user),
        template="concern/safeguarding.html", done="The decision is saved.", concern=row, person=row.person,
    )  # fmt: skip


@require(Permission.CONCERN_ANSWER)
@require_http_methods(BOTH)
def designated_officer(request, pk):
    """The children's designated officer was told."""
    row = concern_or_404(request, pk, Permission.CONCERN_ANSWER)
    form = forms.OfficerToldForm(
        request.POST or None, user=request.user, row=row, initial={"on": timezone.localdate()}
    )
    return form_page(
        request, form=form, action=partial(actions.tell_designated_officer, concern=row, by=request.user), to=row,
        template="concern/designated_officer.html", done="Written down.", concern=row, person=row.person,
    )  # fmt: skip


@require(Permission.CONCERN_ANSWER)
@require_http_methods(BOTH)
def answer(request, pk):
    """What came of it, and how whoever raised it was told."""
    row = concern_or_404(request, pk, Permission.CONCERN_ANSWER)
    form = forms.AnswerForm(request.POST or None, user=request.user, row=row)
    return form_page(
        request, form=form, action=partial(actions.answer_concern, concern=row, by=request.user),
        template="concern/answer.html", done="The answer is recorded.", concern=row, person=row.person,
    )  # fmt: skip
