"""The words of our mails and letters: list, change, try out on oneself, back to the shipped ones."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from . import actions, wordings
from .forms import BackToShippedForm, TestWordingForm, WordingForm
from .models import WordingVersion

BOTH = ["GET", "POST"]


@require(Permission.ADMINISTER)
@require_GET
def wording_list(request):
    """Every mail and letter that goes out, and whether its words are ours or the shipped ones."""
    today = timezone.localdate()
    changed = {}
    for row in (
        WordingVersion.objects.filter(in_force_from__lte=today).newest_first().select_related("made_by")
    ):
        changed.setdefault(row.slug, row)
    rows = [(words, changed.get(slug)) for slug, words in sorted(wordings.REGISTRY.items())]
    return render(request, "worklist/wordings.html", {"rows": rows})


@require(Permission.ADMINISTER)
@require_http_methods(BOTH)
def wording(request, slug):
    """Change the words of one mail or letter from a day on; what they were stays listed."""
    shipped = shipped_or_404(slug)
    subject, body = wordings.newest(slug)
    initial = {"subject": subject, "body": body, "in_force_from": timezone.localdate()}
    form = WordingForm(request.POST or None, user=request.user, initial=initial)
    action = partial(actions.set_wording, slug=slug, by=request.user)
    history = WordingVersion.objects.filter(slug=slug).newest_first().select_related("made_by")[:20]
    return form_page(
        request, form=form, action=action, to=partial(page_of, slug), template="worklist/wording.html", shipped=shipped,
        history=history, done="Saved. Send yourself a test before the day comes.",
    )  # fmt: skip


@require(Permission.ADMINISTER)
@require_http_methods(BOTH)
def test_wording(request, slug):
    """Send the newest words to one's own address, with made-up facts."""
    shipped = shipped_or_404(slug)
    subject, body = wordings.compose(slug, wordings.SAMPLE | shipped.sample, latest=True)
    form = TestWordingForm(request.POST or None, user=request.user)
    action = partial(actions.send_test, slug=slug, by=request.user)
    return form_page(
        request, form=form, action=action, to=partial(page_of, slug), template="worklist/test_wording.html",
        shipped=shipped, subject=subject, body=body, done="On its way to you. It goes out with the next mails.",
    )  # fmt: skip


@require(Permission.ADMINISTER)
@require_http_methods(BOTH)
def reset_wording(request, slug):
    shipped = shipped_or_404(slug)
    form = BackToShippedForm(request.POST or None, user=request.user)
    action = partial(actions.reset_wording, slug=slug, by=request.user)
    return form_page(
        request, form=form, action=action, to=partial(page_of, slug), template="worklist/reset_wording.html",
        shipped=shipped, done="The shipped words are in force again.",
    )  # fmt: skip


def shipped_or_404(slug):
    if slug not in wordings.REGISTRY:
        raise Http404
    return wordings.REGISTRY[slug]


def page_of(slug, _result):
    return reverse("worklist:wording", args=[slug])
