"""Holding a review: a list of pages, one thing a page, kept as a draft until everything is there."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reviews import actions, forms, rules, sections
from reviews.actions.holding import DRAFT, as_said
from reviews.missing import missing
from reviews.queries import against_the_last, asked_of, last_held
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require
from sharedlives.records.actions import save_draft
from sharedlives.records.models import Draft

from .meetings import BOTH, review_or_404


def scheduled_or_404(request, pk):
    row = review_or_404(request, pk, Permission.REVIEW_HOLD)
    if row.is_held:
        raise Http404
    return row


def draft_of(user, review):
    return Draft.objects.filter(user=user, form=DRAFT, object_id=review.pk).first()


def task_rows(review, asked, answers):
    """[(title, state, words, address)] of the list of pages."""
    lacking = {}
    for section, refusal in missing(answers, asked):
        lacking.setdefault(section, []).append(refusal)
    rows = []
    for section in sections.SECTIONS:
        state, words = ("to_do", "To do") if section.slug in lacking else ("done", "Done")
        if sections.is_empty(section, asked):
            state, words = "not_needed", "Nothing to answer"
        rows.append(
            (section.title, state, words, reverse("reviews:hold_section", args=[review.pk, section.slug]))
        )
    return rows


@require(Permission.REVIEW_HOLD)
@require_http_methods(BOTH)
def hold(request, pk):
    """What is written and what is missing; the last step makes the record of it."""
    row = scheduled_or_404(request, pk)
    draft = draft_of(request.user, row)
    answers = draft.answers if draft else {}
    asked = asked_of(row, today=timezone.localdate(), held_on=rules.as_date(answers.get("held_on")))
    alike = against_the_last(row, as_said(answers))
    form = forms.HoldForm(request.POST or None, user=request.user, row=row, very_like=alike.very)

    def action(**said):
        return actions.hold(review=row, answers=answers, by=request.user, version=form.opened_on(), **said)

    return form_page(
        request, form=form, action=action, template="reviews/hold.html", review=row, person=row.person, draft=draft,
        done="The review is closed. Now send its record.", rows=task_rows(row, asked, answers),
        alike=alike,
    )  # fmt: skip


@require(Permission.REVIEW_HOLD)
@require_http_methods(BOTH)
def hold_section(request, pk, section):
    """One page of the form. What is typed is kept at once, complete or not, also when a date on it is impossible."""
    row = scheduled_or_404(request, pk)
    part = sections.BY_SLUG.get(section)
    if part is None:
        raise Http404
    draft = draft_of(request.user, row)
    answers = draft.answers if draft else {}
    asked = asked_of(row, today=timezone.localdate(), held_on=rules.as_date(answers.get("held_on")))
    form = forms.SectionForm(
        request.POST or None, user=request.user, row=row, section=part, asked=asked, answers=answers,
        last=last_held(row.person, before=row),
    )  # fmt: skip
    if form.is_bound:
        valid = form.is_valid()
        kept = {**answers, **form.typed()}
        request.outside.append(partial(keep, request.user, row, kept))
        if valid:
            return redirect(next_page(request, row, part))
    form.mark_needed()
    context = page_facts(part, row, asked) | {"form": form}
    return render(request, "reviews/hold_section.html", context, status=422 if form.errors else 200)


def page_facts(part, review, asked):
    """What stands round the questions of one page."""
    return {
        "section": part,
        "review": review,
        "person": review.person,
        "number": sections.SECTIONS.index(part) + 1,
        "count": len(sections.SECTIONS),
        "nothing": sections.is_empty(part, asked),
    }


def keep(user, review, answers):
    save_draft(user=user, form=DRAFT, object_id=review.pk, answers=answers, base_version=review.version)


def next_page(request, review, section):
    """The page after this one; the same one again for another action; the list after the last."""
    if "more" in request.POST:
        return reverse("reviews:hold_section", args=[review.pk, section.slug])
    following = sections.after(section)
    if following is None or "later" in request.POST:
        return reverse("reviews:hold", args=[review.pk])
    return reverse("reviews:hold_section", args=[review.pk, following.slug])
