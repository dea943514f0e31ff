"""Legal context: what holds, adding a fact, sharing it, acknowledging it."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from people import actions, forms
from people.access import can, check, person_or_404, row_or_404
from people.models import LegalFact, LegalFactShare
from people.visibility import Level
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

BOTH = ["GET", "POST"]


@require(Permission.PERSON_VIEW)
@require_GET
def legal_facts(request, pk):
    """Every legal fact that the user may read, those that hold first; and the kinds that can be added."""
    person = person_or_404(request, pk, Permission.PERSON_VIEW, least=Level.PAST)
    rows = LegalFact.objects.visible_to(request.user).filter(person=person)
    rows = list(rows.select_related("holder", "replaced_by").order_by("-since"))
    context = {
        "person": person,
        "holding": [fact for fact in rows if fact.holds],
        "before": [fact for fact in rows if not fact.holds],
        "kinds": LegalFact.Kind.choices,
        "may_write": can(request.user, Permission.PERSON_EDIT, person),
    }
    return render(request, "people/legal_facts.html", context)


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def add_legal_fact(request, pk, kind):
    """One legal fact of one kind; `?replaces=` names the older one that it takes the place of."""
    if kind not in LegalFact.Kind.values:
        raise Http404
    person = person_or_404(request, pk, Permission.PERSON_EDIT, least=Level.FUNDS)
    older = older_fact(request, person)
    facts = ("about", "holder", "field", "scope", "risk_note", "decided_by", "reference", "applied_on")
    initial = {name: getattr(older, name) for name in facts} if older else None
    form = forms.LegalFactForm(
        request.POST or None, user=request.user, kind=kind, person=person, initial=initial
    )
    action = partial(actions.record_legal_fact, person=person, kind=kind, replaces=older, by=request.user)
    return form_page(
        request, form=form, action=action, to=to_fact, template="people/record.html", person=person,
        done="Saved. Each scheme that supports the person is to be told.",
        title=f"{LegalFact.Kind(kind).label}: {person}", lead=f"In place of “{older}”." if older else "",
    )  # fmt: skip


def to_fact(fact):
    return fact.get_absolute_url()


def older_fact(request, person):
    pk = request.GET.get("replaces", "")
    rows = LegalFact.objects.visible_to(request.user).filter(person=person, replaced_by__isnull=True)
    return next((fact for fact in rows if str(fact.pk) == pk), None)


@require(Permission.PERSON_VIEW)
@require_GET
def legal_fact(request, pk):
    """One fact, and which scheme has read it."""
    rows = LegalFact.objects.visible_to(request.user).select_related("person", "holder", "organisation")
    fact = row_or_404(request, rows, pk, Permission.PERSON_VIEW)
    shares = LegalFactShare.objects.visible_to(request.user).filter(fact=fact)
    context = {
        "fact": fact,
        "person": fact.person,
        "shares": shares.select_related("scheme", "acknowledged_by"),
        "may_write": can(request.user, Permission.PERSON_EDIT, fact.person),
        "may_read": can(request.user, Permission.PLAN_ACKNOWLEDGE, fact.person),
    }
    return render(request, "people/legal_fact.html", context)


@require(Permission.PERSON_EDIT)
@require_http_methods(BOTH)
def close_legal_fact(request, pk):
    fact = row_or_404(
        request, LegalFact.objects.visible_to(request.user).filter(closed_on=None), pk, Permission.PERSON_EDIT
    )
    form = forms.CloseLegalFactForm(request.POST or None, user=request.user, row=fact)

    def action(**facts):
        return actions.close_legal_fact(fact=fact, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, to=to_fact, template="people/record.html", person=fact.person,
        done="Saved. The fact stays on the record as one that held.", title=f"It holds no longer: {fact}",
    )  # fmt: skip


@require(Permission.PERSON_VIEW)
@require_http_methods(BOTH)
def legal_share(request, pk):
    """The team shares it; then the scheme, which reads it here, acknowledges it."""
    rows = LegalFactShare.objects.visible_to(request.user).select_related("person", "fact", "scheme")
    share = row_or_404(request, rows, pk, Permission.PERSON_VIEW)
    to_share = share.shared_on is None
    check(request.user, Permission.PERSON_EDIT if to_share else Permission.PLAN_ACKNOWLEDGE, share.person)
    kind = forms.ShareLegalFactForm if to_share else forms.ReadLegalFactForm
    act = actions.share_legal_fact if to_share else actions.acknowledge_legal_fact
    form = kind(request.POST or None, user=request.user, row=share)

    def action():
        return act(share=share, by=request.user, version=form.opened_on())

    return form_page(
        request, form=form, action=action, to=share.fact, template="people/legal_share.html", share=share,
        fact=share.fact, person=share.person, to_share=to_share,
        done="Shared. The scheme is asked to acknowledge it." if to_share else "Acknowledged. Thank you.",
    )  # fmt: skip
