"""Copies of what the scheme keeps about a carer or somebody of their household, and who has looked at it."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from carers import actions, forms
from carers.access import carer_or_404, home_or_404
from carers.models import CarerCopy, CarerCopyEntry, HouseholdMember
from carers.models.home import own_schemes
from people.forms.copies import AddNameForm, CloseRequestForm, EntryForm, NamesForm, ReleaseForm
from people.models import User
from sharedlives.documents.answers import download
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, needs, require
from sharedlives.records.models import AccessLogEntry

BOTH = ["GET", "POST"]
P = Permission
REGISTER = (
    Column("who", "About", value=lambda row: str(row.about), link=lambda row: row.get_absolute_url()),
    Column("home", "Home", value=lambda row: str(row.household)),
    Column("received", "Received", value="received_on", order_by="received_on"),
    Column("due", "Due", value="due_on", order_by="due_on"),
    Column("state", "How it stands", value="state", order_by="state", tag=True),
)
WITH_ALL = ("carer__household", "member__household", "organisation", "received_by", "released_by")


def copy_or_404(request, pk):
    row = get_object_or_404(CarerCopy.objects.visible_to(request.user).select_related(*WITH_ALL), pk=pk)
    request.looked_at([row.about.pk])
    return row


def member_or_404(request, pk):
    """Somebody of the household of a home of the user's own schemes, with the home."""
    member = get_object_or_404(HouseholdMember.objects.select_related("household"), pk=pk)
    home = home_or_404(request, member.household_id, P.CARER_COPY)
    request.looked_at([member.pk])
    return member, home


def own_scheme(user, schemes):
    """The one of the home's schemes that the user manages: it gives the copy."""
    own = own_schemes(user, P.CARER_COPY)
    for scheme in schemes:
        if scheme.pk in own:
            return scheme
    raise PermissionDenied(needs(P.CARER_COPY))


@require(P.CARER_COPY)
@require_GET
def copies(request):
    rows = CarerCopy.objects.visible_to(request.user).select_related(*WITH_ALL)
    return list_page(
        request, rows, columns=REGISTER, title="Copies for carers", noun=("request", "requests"), template="carers/copies.html",
        empty="No carer has asked for a copy. Start one from the page of the carer, or of the home for those who live there.",
    )  # fmt: skip


def ask_page(request, about, scheme, home, **subject):
    form = forms.AskForCarerCopyForm(request.POST or None, user=request.user)
    action = partial(actions.ask_for_carer_copy, scheme=scheme, by=request.user, **subject)
    return form_page(
        request, form=form, action=action, template="carers/copy_form.html", home=home, done="Saved. Now read it through.",
        title=f"{about} asks for a copy of what is kept",
        lead="It is owed within one month. You read it through before it leaves: names of others, and whatever could do harm.",
    )  # fmt: skip


@require(P.CARER_COPY)
@require_http_methods(BOTH)
def ask_for_carer(request, pk):
    row = carer_or_404(request, pk, P.CARER_COPY)
    return ask_page(request, row, own_scheme(request.user, row.schemes_now), row.household, carer=row)


@require(P.CARER_COPY)
@require_http_methods(BOTH)
def ask_for_member(request, pk):
    member, home = member_or_404(request, pk)
    return ask_page(request, member, own_scheme(request.user, home.schemes_now), home, member=member)


@require(P.CARER_COPY)
@require_GET
def copy(request, pk):
    """How a request stands: what it holds, what is still to be decided, the files to hand over."""
    row = copy_or_404(request, pk)
    entries = list(row.entries.defer("facts"))
    context = {
        "row": row, "entries": entries, "open": [entry for entry in entries if entry.decision == "open"],
        "names": list(row.names.all()), "documents": row.documents.defer("content").order_by("filename"),
    }  # fmt: skip
    return render(request, "carers/copy.html", context)


def copy_form(request, row, form, action, **context):
    """A form about one request, back to its page."""
    facts = {"template": "carers/copy_form.html", "done": "Saved."} | context
    return form_page(request, form=form, action=action, to=row, row=row, home=row.household, **facts)


@require(P.CARER_COPY)
@require_http_methods(BOTH)
def copy_entry(request, pk):
    entry = CarerCopyEntry.objects.visible_to(request.user).filter(pk=pk).first()
    if entry is None:
        raise Http404
    row = copy_or_404(request, entry.request_id)
    initial = {"decision": entry.decision, "why": entry.why}
    form = EntryForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.decide_carer_entry, entry=entry, by=request.user)
    return copy_form(request, row, form, action, template="carers/copy_entry.html", entry=entry)


@require(P.CARER_COPY)
@require_http_methods(BOTH)
def copy_names(request, pk):
    row = copy_or_404(request, pk)
    form = NamesForm(request.POST or None, user=request.user, row=row, names=row.names.all())

    def action(decisions):
        return actions.decide_carer_names(
            request=row, decisions=decisions, by=request.user, version=form.opened_on()
        )

    return copy_form(
        request, row, form, action, title="Names of others in the copy",
        lead="Workers’ names stay: they acted for the scheme. A name that stays is one whose bearer agrees, or that they know"
        " anyway and that harms nobody.",
    )  # fmt: skip


@require(P.CARER_COPY)
@require_http_methods(BOTH)
def add_copy_name(request, pk):
    row = copy_or_404(request, pk)
    form = AddNameForm(request.POST or None, user=request.user)
    action = partial(actions.add_carer_name, request=row, by=request.user)
    lead = "It is taken out wherever it stands in the copy."
    return copy_form(request, row, form, action, title="Take another name out", lead=lead)


@require(P.CARER_COPY)
@require_http_methods(BOTH)
def release_copy(request, pk):
    row = copy_or_404(request, pk)
    form = ReleaseForm(request.POST or None, user=request.user, row=row)

    def action(**words):
        return actions.release_carer_copy(request=row, by=request.user, version=form.opened_on(), **words)

    return copy_form(
        request, row, form, action, title="Two checks before the copy leaves", done="The copy is made. Its files are below.",
        lead="What you write here is kept with the request. It is not part of the copy.",
    )  # fmt: skip


@require(P.CARER_COPY)
@require_http_methods(BOTH)
def close_copy(request, pk):
    row = copy_or_404(request, pk)
    form = CloseRequestForm(request.POST or None, user=request.user, row=row)

    def action(why):
        return actions.close_carer_copy(request=row, why=why, by=request.user, version=form.opened_on())

    lead = "What was put together so far is cleared."
    return copy_form(
        request, row, form, action, title="Close the request without a copy", lead=lead, done="Closed."
    )


@require(P.CARER_COPY)
@require_GET
def copy_document(request, pk, document):
    """One file of a copy, as it was made. Noted in the access log as handed over."""
    row = copy_or_404(request, pk)
    found = get_object_or_404(row.documents, pk=document)
    request.exported = f"copy for a carer, {found.filename}"
    return download(found)


# -- Who has looked -----------------------------------------------------------------------------------


@require(P.CARER_COPY)
@require_GET
def carer_looked(request, pk):
    row = carer_or_404(request, pk, P.CARER_COPY)
    return looked_page(request, row, row.household)


@require(P.CARER_COPY)
@require_GET
def member_looked(request, pk):
    return looked_page(request, *member_or_404(request, pk))


def looked_page(request, about, home):
    """Who opened what is kept about them, first and last, how often: to print, after a check of who asks."""
    entries = AccessLogEntry.objects.filter(person_ids__contains=[about.pk], status=200)
    looks = list(
        entries.values("user_id")
        .annotate(first=Min("at"), last=Max("at"), times=Count("pk"))
        .order_by("-last")
    )
    users = User.objects.filter(pk__in=[look["user_id"] for look in looks])
    names = dict(users.values_list("pk", "name"))
    for look in looks:
        look["who"] = names.get(look["user_id"], "No longer a user")
    request.exported = "who has looked"
    return render(request, "carers/looked.html", {"about": about, "home": home, "looks": looks})
