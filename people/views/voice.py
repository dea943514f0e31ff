"""The person's own voice: sharing decisions, the advocate, About me."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people import actions, forms
from people.about import HEADINGS, filled
from people.access import can, person_or_404, row_or_404
from people.models import AboutMe, AdvocacyTest, SharingDecision
from people.visibility import Level
from sharedlives.documents import pdf
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]


@require(Permission.PERSON_VIEW)
@require_GET
def sharing(request, pk):
    person = person_or_404(request, pk, Permission.PERSON_VIEW, least=Level.SUPPORTS)
    rows = SharingDecision.objects.visible_to(request.user).filter(person=person)
    context = {
        "person": person,
        "decisions": rows.select_related("scheme", "contact"),
        "today": timezone.localdate(),
        "may_write": can(request.user, Permission.PERSON_EDIT, person),
    }
    return render(request, "people/sharing.html", context)


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def decide_sharing(request, pk):
    person = person_or_404(request, pk, Permission.PERSON_EDIT, least=Level.FUNDS)
    form = forms.SharingForm(request.POST or None, user=request.user, person=person)
    action = partial(actions.decide_sharing, person=person, by=request.user)
    return form_page(
        request, form=form, action=action, to=person, template="people/record.html", person=person,
        done="Saved. Every share from now on reads this decision.", title=f"What {person} agrees to",
        lead="Ask the person. The newest decision holds; earlier ones stay on the record.",
    )  # fmt: skip


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def ask_about_advocate(request, pk):
    person = person_or_404(request, pk, Permission.PERSON_EDIT, least=Level.FUNDS)
    form = forms.AdvocacyTestForm(request.POST or None, user=request.user, person=person)
    action = partial(actions.ask_about_advocate, person=person, by=request.user)
    return form_page(
        request, form=form, action=action, to=lambda test: test.get_absolute_url(),
        template="people/record.html", person=person, done="Saved.",
        title=f"Does {person} need an advocate?",
        lead="Four questions (Care Act 2014 s67). Tick what the person would find very difficult in an assessment, a"
        " plan or a review, without help.",
    )  # fmt: skip


@require(Permission.PERSON_VIEW)
@require_http_methods(BOTH)
def advocacy(request, pk):
    """One test, and what became of it; whoever may change the person writes down the next step here."""
    rows = AdvocacyTest.objects.visible_to(request.user).select_related(
        "person", "advocate", "appropriate_person"
    )
    wanted = Permission.PERSON_EDIT if request.method == "POST" else Permission.PERSON_VIEW
    test = row_or_404(request, rows, pk, wanted)
    fields = forms.FollowAdvocacyForm.base_fields
    initial = {name: getattr(test, name) for name in fields if hasattr(test, name)}
    initial["had_capacity_to_refuse"] = {True: "yes", False: "no"}.get(test.had_capacity_to_refuse, "")
    form = forms.FollowAdvocacyForm(
        request.POST or None, user=request.user, row=test, person=test.person, initial=initial
    )

    def action(**facts):
        return actions.follow_advocacy(test=test, by=request.user, version=form.opened_on(), **facts)

    may_edit = can(request.user, Permission.PERSON_EDIT, test.person)
    return form_page(
        request, form=form, action=action, to=test, template="people/advocacy.html", done="Saved.",
        test=test, person=test.person, may_edit=may_edit, may_write=may_edit and test.superseded_on is None,
    )  # fmt: skip


# -- About me ------------------------------------------------------------------------------------


@require(Permission.PERSON_VIEW)
@require_GET
def about_me(request, pk):
    """One version (`?version=2`; the newest unless asked), and who wrote each."""
    person, versions, shown = versions_of(request, pk)
    context = {
        "person": person,
        "version": shown,
        "versions": versions,
        "words": filled(shown) if shown else [],
        "may_write": can(request.user, Permission.ABOUT_WRITE, person),
    }
    return render(request, "people/about_me.html", context)


def versions_of(request, pk):
    """(person, every version that the user may read, the one asked for)."""
    person = person_or_404(request, pk, Permission.PERSON_VIEW, least=Level.PAST)
    rows = AboutMe.objects.visible_to(request.user).filter(person=person).select_related("typed_by")
    versions = list(rows)
    for version in versions:
        version.person = person
    asked = request.GET.get("version", "")
    shown = next((v for v in versions if str(v.number) == asked), versions[0] if versions else None)
    return person, versions, shown


@require(Permission.ABOUT_WRITE)
@require_http_methods(BOTH)
def write_about_me(request, pk):
    person = person_or_404(request, pk, Permission.ABOUT_WRITE, least=Level.SUPPORTS)
    last = AboutMe.objects.visible_to(request.user).filter(person=person).first()
    initial = {heading.field: getattr(last, heading.field) for heading in HEADINGS} if last else {}
    form = forms.AboutMeForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.write_about_me, person=person, by=request.user)
    return form_page(
        request, form=form, action=action, to=person, template="people/record.html", person=person,
        done="Saved as a new version. The one before stays as it was.", title=f"About me: {person}",
        lead="In the person’s own words, as they say them. What you save is a new version with its writer’s name;"
        " nobody changes an old one.",
    )  # fmt: skip


@require(Permission.PERSON_VIEW)
@require_GET
def about_me_document(request, pk, kind):
    """About me on paper: as a tagged PDF, or in easy read with pictures."""
    person, _versions, version = versions_of(request, pk)
    if version is None:
        return render(request, "people/about_me.html", {"person": person, "may_write": False}, status=404)
    easy = kind == "easy-read"
    context = {
        "person": person, "version": version, "words": filled(version), "large_print": easy,
        "needs": person.communication_needs.filter(until=None),
    }  # fmt: skip
    request.exported = f"about me, {kind}"
    template = "documents/about_me_easy_read.html" if easy else "documents/about_me.html"
    return pdf_page(request, template, context, f"About me: {person}", f"about-me-{person.reference}.pdf")


def pdf_page(request, template, context, title, filename):
    """A PDF to look at; where this computer makes none, the same words as a page to print."""
    try:
        council_id = context["person"].responsible_council_id
        content = pdf.render_pdf(template, context | {"council_id": council_id}, title=title)
    except pdf.PdfOff:
        return render(request, "people/no_pdf.html", context | {"title": title}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
