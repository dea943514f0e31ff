"""A copy of everything about a person: the register, the request, reading through, and handing over."""

from functools import partial

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from people import actions
from people.access import check, person_or_404, row_or_404
from people.forms import copies as forms
from people.models import AccessEntry, AccessRequest
from people.visibility import Level
from sharedlives.documents.answers import download
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]
REGISTER = (
    Column("who", "Person", value=lambda row: row.person.reference, order_by="person__reference",
           link=lambda row: row.get_absolute_url() if row.is_mine else ""),
    Column("received", "Received", value="received_on", order_by="received_on"),
    Column("due", "Due", value="due_on", order_by="due_on"),
    Column("state", "How it stands", value="state", order_by="state", tag=True),
    Column("closed", "Ended", value="closed_on", order_by="closed_on"),
)  # fmt: skip
ENTRIES = (
    Column("number", "No.", value="number", order_by="number", numeric=True),
    Column("part", "What it is", value="part", order_by="part"),
    Column("record", "Record", value="title", order_by="title", link=lambda row: row.get_absolute_url()),
    Column("decision", "Decision", value="decision", order_by="decision", tag=True),
)


@require(Permission.SUBJECT_ACCESS_LIST)
@require_GET
def access_requests(request):
    """The register: by reference and dates. Who reads a copy through opens it from here."""
    mine = Q(pk__in=AccessRequest.objects.visible_to(request.user).order_by().values("pk"))
    rows = AccessRequest.objects.registered_for(request.user).select_related("person").annotate(is_mine=mine)
    return list_page(
        request, rows, columns=REGISTER, title="Copies asked for", noun=("request", "requests"), person="person_id",
        empty="Nobody has asked for a copy. A team manager starts one from the page of the person.",
    )  # fmt: skip


@require(Permission.SUBJECT_ACCESS)
@require_http_methods(BOTH)
def ask_for_copy(request, pk):
    person = person_or_404(request, pk, Permission.SUBJECT_ACCESS, least=Level.FUNDS)
    form = forms.AskForCopyForm(request.POST or None, user=request.user, person=person)
    action = partial(actions.ask_for_copy, person=person, by=request.user)
    return form_page(
        request, form=form, action=action, template="people/record.html", person=person,
        done="Saved. The copy is put together now; that takes a minute.",
        title=f"Somebody asks for a copy of everything about {person}",
        lead="It is owed within one month. You read it through before it leaves: names of others, and whatever could do"
        " harm.",
    )  # fmt: skip


def request_or_404(request, pk):
    rows = AccessRequest.objects.visible_to(request.user).select_related(
        "person", "contact", "received_by", "released_by"
    )
    return row_or_404(request, rows, pk, Permission.SUBJECT_ACCESS)


@require(Permission.SUBJECT_ACCESS)
@require_GET
def access_request(request, pk):
    row = request_or_404(request, pk)
    entries = AccessEntry.objects.visible_to(request.user).filter(request=row)
    counts = entries.aggregate(
        records=Count("pk"), open=Count("pk", filter=Q(decision="open")), kept=Count("pk", filter=Q(decision="keep"))
    )  # fmt: skip
    names = row.names.aggregate(all=Count("pk"), open=Count("pk", filter=Q(decision="")))
    context = {
        "row": row, "person": row.person, "counts": counts, "names": names,
        "documents": row.documents.defer("content").order_by("filename"),
    }  # fmt: skip
    return render(request, "people/access_request.html", context)


@require(Permission.SUBJECT_ACCESS)
@require_GET
def access_entries(request, pk):
    row = request_or_404(request, pk)
    entries = AccessEntry.objects.visible_to(request.user).filter(request=row).defer("facts")
    if request.GET.get("decision") in AccessEntry.Decision:
        entries = entries.filter(decision=request.GET["decision"])
    return list_page(
        request, entries, columns=ENTRIES, title="What the copy will hold", noun=("record", "records"),
        template="people/access_entries.html", context={"row": row, "person": row.person},
        empty="Nothing here. It may still be put together: open this page again in a minute.",
    )  # fmt: skip


@require(Permission.SUBJECT_ACCESS)
@require_http_methods(BOTH)
def access_entry(request, pk):
    entries = AccessEntry.objects.visible_to(request.user).select_related("request__person")
    entry = entries.filter(pk=pk).first()
    if entry is None:
        raise Http404
    row, person = entry.request, entry.request.person
    request.looked_at([person.pk])
    check(request.user, Permission.SUBJECT_ACCESS, person)
    initial = {"decision": entry.decision, "why": entry.why}
    form = forms.EntryForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.decide_entry, entry=entry, by=request.user)
    return form_page(
        request, form=form, action=action, to=lambda _entry: row, template="people/access_entry.html",
        done="Saved.", entry=entry, person=person, row=row, may_decide=row.state == AccessRequest.State.REVIEW,
    )  # fmt: skip


@require(Permission.SUBJECT_ACCESS)
@require_http_methods(BOTH)
def access_names(request, pk):
    row = request_or_404(request, pk)
    form = forms.NamesForm(request.POST or None, user=request.user, row=row, names=row.names.all())

    def action(decisions):
        return actions.decide_names(
            request=row, decisions=decisions, by=request.user, version=form.opened_on()
        )

    return form_page(
        request, form=form, action=action, template="people/access_names.html", done="Saved.", row=row,
        person=row.person,
    )  # fmt: skip


@require(Permission.SUBJECT_ACCESS)
@require_http_methods(BOTH)
def add_access_name(request, pk):
    row = request_or_404(request, pk)
    form = forms.AddNameForm(request.POST or None, user=request.user)
    action = partial(actions.add_name, request=row, by=request.user)
    return form_page(
        request, form=form, action=action, template="people/record.html", person=row.person, done="Saved.",
        title="Take another name out", lead="It is taken out wherever it stands in the copy.",
    )  # fmt: skip


@require(Permission.SUBJECT_ACCESS)
@require_http_methods(BOTH)
def release_copy(request, pk):
    row = request_or_404(request, pk)
    form = forms.ReleaseForm(request.POST or None, user=request.user, row=row)

    def action(**words):
        return actions.release_copy(request=row, by=request.user, version=form.opened_on(), **words)

    return form_page(
        request, form=form, action=action, template="people/record.html", person=row.person,
        done="Saved. The copy is made now; open this page again in a minute.",
        title="Two checks before the copy leaves",
        lead="What you write here is kept with the request. It is not part of the copy.",
    )  # fmt: skip


@require(Permission.SUBJECT_ACCESS)
@require_http_methods(BOTH)
def close_access_request(request, pk):
    row = request_or_404(request, pk)
    form = forms.CloseRequestForm(request.POST or None, user=request.user, row=row)

    def action(why):
        return actions.close_access_request(request=row, why=why, by=request.user, version=form.opened_on())

    return form_page(
        request, form=form, action=action, template="people/record.html", person=row.person, done="Closed.",
        title="Close the request without a copy", lead="What was put together so far is cleared.",
    )  # fmt: skip


@require(Permission.SUBJECT_ACCESS)
@require_GET
def access_document(request, pk, document):
    """One file of a copy, as it was made. Noted in the access log as handed over."""
    row = request_or_404(request, pk)
    found = row.documents.filter(pk=document).first()
    if found is None:
        raise Http404
    request.exported = f"copy of everything, {found.filename}"
    return download(found)
