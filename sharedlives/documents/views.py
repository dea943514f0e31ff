"""The pictures of our documents: list, change, see in a document before their day, back to the shipped ones."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require
from sharedlives.worklist import protocols

from . import actions, images, pdf, pictures
from .forms import PictureForm, ShippedPictureForm
from .models import Picture
from .uploads import announced_too_much

BOTH = ["GET", "POST"]
VERSIONS_SHOWN = 20


def councils():
    return protocols.get("councils")(on=timezone.localdate())


@require(Permission.ADMINISTER)
@require_GET
def picture_list(request):
    """Every picture, how it looks today, and where it is used; the councils' own beside it."""
    names = dict(councils())
    today = Picture.objects.filter(in_force_from__lte=timezone.localdate())
    everybodys, own = {}, {}
    for row in today.last_of_each().select_related("made_by"):
        if row.organisation_id is None:
            everybodys[row.name] = row
        elif row.is_own and row.organisation_id in names:
            own.setdefault(row.name, []).append((names[row.organisation_id], row))
    rows = [
        (shipped, everybodys.get(name), sorted(own.get(name, []), key=lambda pair: pair[0]))
        for name, shipped in pictures.REGISTRY.items()
    ]
    return render(request, "documents/pictures.html", {"rows": rows, "councils": names.items()})


@csrf_exempt
@require(Permission.ADMINISTER)
@require_http_methods(BOTH)
def picture(request, name):
    """Change a picture. A file that is too big is refused by its announced size, before it is parsed.

    For that the CSRF check, which parses the form, comes one step later than usual: `checked_picture` has it.
    """
    announced = announced_too_much(request, images.MOST)
    return too_big(request, name, announced) if announced else checked_picture(request, name)


def too_big(request, name, announced):
    form = PictureForm({}, user=request.user, councils=councils())
    form.errors.clear()
    try:
        images.check_size(announced)
    except ValidationError as refused:
        form.refuse(refused)
    context = about(shipped_or_404(name)) | {"form": form}
    return render(request, "documents/picture.html", context, status=413)


@csrf_protect
def checked_picture(request, name):
    shipped = shipped_or_404(name)
    initial = {"in_force_from": timezone.localdate()}
    form = PictureForm(
        request.POST or None, request.FILES or None, user=request.user, councils=councils(), initial=initial
    )

    def take_in(*, file, **facts):
        return actions.set_picture(name=name, content=file.read(), by=request.user, **facts)

    return form_page(
        request, form=form, action=take_in, to=partial(page_of, name), template="documents/picture.html",
        done="Saved. See it in a document before the day comes.", **about(shipped),
    )  # fmt: skip


checked_picture.permission = Permission.ADMINISTER


def about(shipped):
    """What the page of a picture shows beside its form: its versions, newest first, and whose they are."""
    names = dict(councils())
    rows = Picture.objects.filter(name=shipped.name).newest_first().defer("content").select_related("made_by")
    versions = [(row, names.get(row.organisation_id, "")) for row in rows[:VERSIONS_SHOWN]]
    return {"shipped": shipped, "versions": versions}


@require(Permission.ADMINISTER)
@require_http_methods(BOTH)
def reset_picture(request, name):
    shipped = shipped_or_404(name)
    form = ShippedPictureForm(request.POST or None, user=request.user, councils=councils())
    action = partial(actions.reset_picture, name=name, by=request.user)
    return form_page(
        request, form=form, action=action, to=partial(page_of, name), template="documents/reset_picture.html",
        shipped=shipped, done="The shipped picture is in force again.",
    )  # fmt: skip


@require(Permission.ADMINISTER)
@require_GET
def sample(request):
    """A document with every picture, as it will look: of all, or of one council."""
    chosen = {str(pk): name for pk, name in councils()}.get(request.GET.get("council", ""), "")
    own = pictures.newest(UUID(request.GET["council"]) if chosen else None)
    rows = [
        (shipped, own[name].words if name in own else shipped.words)
        for name, shipped in pictures.REGISTRY.items()
    ]
    context = {"rows": rows, "council": chosen}
    try:
        content = pdf.render_pdf("documents/sample.html", context, "How our documents look", own=own)
    except pdf.PdfOff:
        messages.warning(
            request, "PDFs are switched off on this computer. The pictures are all on this page."
        )
        return redirect("documents:pictures")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="how-our-documents-look.pdf"'
    return response


@require(Permission.ADMINISTER)
@require_GET
def picture_file(request, pk):
    """The bytes of one version, for the pages above. Never anything but a picture that was painted anew."""
    row = get_object_or_404(Picture.objects.exclude(content_type=""), pk=pk)
    response = HttpResponse(bytes(row.content), content_type=row.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def shipped_or_404(name):
    if name not in pictures.REGISTRY:
        raise Http404
    return pictures.REGISTRY[name]


def page_of(name, _result):
    return reverse("documents:picture", args=[name])
