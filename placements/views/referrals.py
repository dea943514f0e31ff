"""Referring, and what a scheme reads and answers."""

from functools import partial

from django.db.models import DateField, OuterRef, Subquery, prefetch_related_objects
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from people.access import person_or_404, row_or_404
from people.queries import funding_team
from people.visibility import Level
from sharedlives.lists import Column, list_page
from sharedlives.pages import form_page
from sharedlives.permissions import Permission, require

from .. import actions, forms, queries
from ..models import AnswerOwed, Match, Referral, ReferralScheme
from ..models.scope import own_schemes
from .common import BOTH, for_own_scheme, may

TEAM_COLUMNS = [
    Column(
        "person", "Person", "person__sort_name", "person.known_as", link=lambda row: row.get_absolute_url()
    ),
    Column("reference", "Reference", "reference"),
    Column("kinds", "Kind", value=lambda row: row.kinds_in_words()),
    Column("urgency", "How soon", "urgency"),
    Column("sent_on", "Sent", "sent_on"),
    Column("accepted", "Accepted by", "accepted"),
    Column("state", "State", "state", tag=True),
]
SCHEME_COLUMNS = [
    Column(
        "person", "Person", "referral__person__sort_name", "referral.person.known_as",
        link=lambda row: row.get_absolute_url(),
    ),
    Column("reference", "Reference", "referral__reference", "referral.reference"),
    Column("team", "From", "referral__organisation__name", "referral.organisation"),
    Column("kinds", "Kind", value=lambda row: row.referral.kinds_in_words()),
    Column("urgency", "How soon", "referral__urgency", "referral.urgency"),
    Column("sent_on", "Sent", "sent_on"),
    Column("answer", "Answer", "answer", tag=True),
]  # fmt: skip
ANSWERED_COLUMNS = [
    Column("reference", "Reference", "referral__reference", "referral.reference"),
    Column("team", "From", "referral__organisation__name", "referral.organisation"),
    Column("sent_on", "Sent", "sent_on"),
    Column("answer", "Your answer", "answer", tag=True),
    Column("reason", "Reason", "reason"),
    Column("closed_on", "Ended", "closed_on"),
]


@require(Permission.MATCH_VIEW)
@require_GET
def referrals(request):
    """For a scheme what was sent to it; for a team its own people's. Whoever works for both sees the scheme's."""
    if own_schemes(request.user):
        rows = ReferralScheme.objects.visible_to(request.user).filter(scheme__in=own_schemes(request.user))
        rows = rows.select_related("referral__person", "referral__organisation")
        return list_page(
            request, rows, columns=SCHEME_COLUMNS, title="Referrals", template="placements/referrals.html",
            context={"for_scheme": True}, export_name="referrals", noun=("referral", "referrals"),
            person="referral.person_id", empty="No referral is open with your scheme. Teams send them from a person’s page.",
        )  # fmt: skip
    rows = queries.with_answers(Referral.objects.visible_to(request.user)).select_related("person")
    return list_page(
        request, rows, columns=TEAM_COLUMNS, title="Referrals", template="placements/referrals.html",
        export_name="referrals", noun=("referral", "referrals"), person="person_id",
        empty="No referral has been sent. Open a person’s page to send one.",
    )  # fmt: skip


@require(Permission.REFERRAL_ANSWER)
@require_GET
def answered(request):
    """What the own schemes answered, once it is no longer theirs: reference, dates and reason. No person."""
    rows = ReferralScheme.objects.own_answers(request.user).select_related("referral__organisation")
    return list_page(
        request, rows, columns=ANSWERED_COLUMNS, title="Referrals that have ended", export_name="referrals-ended",
        noun=("referral", "referrals"), empty="None of your scheme’s referrals has ended.",
    )  # fmt: skip


@require(Permission.REFERRAL_WRITE)
@require_http_methods(BOTH)
def refer(request, person):
    person = person_or_404(request, person, Permission.REFERRAL_WRITE, Level.FUNDS)
    prefetch_related_objects([person], "communication_needs")  # for the banner and for the checklist
    team = funding_team(person, timezone.localdate())
    form = forms.ReferForm(
        request.POST or None,
        user=request.user,
        schemes=queries.schemes_to_ask(),
        prefilled=queries.prefilled(person),
    )
    return form_page(
        request, form=form, action=partial(actions.refer, person=person, team=team, by=request.user),
        template="placements/refer.html", done="The referral was sent.", person=person,
    )  # fmt: skip


@require(Permission.MATCH_VIEW)
@require_GET
def referral(request, pk):
    """A team's referral: what was sent, to whom, what they say, and the homes they propose."""
    rows = Referral.objects.visible_to(request.user).select_related("person", "organisation")
    row = row_or_404(request, rows, pk, Permission.MATCH_VIEW)
    matches = Match.objects.visible_to(request.user).filter(referral=row)
    context = {
        "referral": row,
        "person": row.person,
        "schemes": with_days(row.schemes.select_related("scheme")),
        "information": row.information.all(),
        "matches": matches.select_related("carer", "household", "scheme", "placement"),
        "may": may(request.user, row.person),
    }
    return render(request, "placements/referral.html", context)


def with_days(sent):
    """Referrals as schemes got them, each with the day by which its answer is due, where one is."""
    due = AnswerOwed.objects.open().filter(
        referral=OuterRef("referral"), organisation=OuterRef("scheme"), side="scheme"
    )
    return sent.annotate(answer_due_on=Subquery(due.values("due_on")[:1], output_field=DateField()))


@require(Permission.MATCH_VIEW)
@require_GET
def answer_owed(request, pk):
    """Where a reminder about an answer leads: to the page that records it, or to what was asked for readers."""
    rows = AnswerOwed.objects.visible_to(request.user).select_related("referral__person", "match")
    row = row_or_404(request, rows, pk, Permission.MATCH_VIEW)
    own = row.organisation_id in own_schemes(request.user)
    if row.match is not None:
        to_record = own and row.done_on is None
        return redirect("placements:record_answers", row.match_id) if to_record else redirect(row.match)
    if own:
        return redirect(row.referral.schemes.get(scheme=row.organisation_id))
    return redirect(row.referral)


def own_referral(request, pk):
    """A referral that the user's team may change: 404 or 403 else."""
    rows = Referral.objects.visible_to(request.user).select_related("person", "organisation")
    return row_or_404(request, rows, pk, Permission.REFERRAL_WRITE)


@require(Permission.REFERRAL_WRITE)
@require_http_methods(BOTH)
def complete_information(request, pk):
    row = own_referral(request, pk)
    form = forms.InformationForm(request.POST or None, user=request.user, row=row, kept=row.information.all())

    def action(**facts):
        return actions.complete_information(referral=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/complete_information.html",
        done="The information was completed.", person=row.person, referral=row,
    )  # fmt: skip


@require(Permission.REFERRAL_WRITE)
@require_http_methods(BOTH)
def send_to(request, pk):
    row = own_referral(request, pk)
    form = forms.SendForm(request.POST or None, user=request.user, schemes=queries.schemes_to_ask(row))
    return form_page(
        request, form=form, action=partial(actions.send_to, referral=row, by=request.user),
        template="placements/send_to.html", done="The referral was sent.", person=row.person, referral=row,
    )  # fmt: skip


@require(Permission.REFERRAL_WRITE)
@require_http_methods(BOTH)
def close_referral(request, pk):
    row = own_referral(request, pk)
    form = forms.CloseForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.close_referral(referral=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/close_referral.html",
        done="The referral is closed.", person=row.person, referral=row,
    )  # fmt: skip


# -- What a scheme reads and answers ----------------------------------------------------------------


def own_sent(request, pk, permission):
    """A referral as the user's own scheme got it: 404 or 403 else."""
    rows = with_days(ReferralScheme.objects.visible_to(request.user))
    rows = rows.select_related("referral__person__responsible_council", "referral__organisation", "scheme")
    row = row_or_404(request, rows, pk, permission)
    for_own_scheme(request, row.scheme_id, permission)
    return row


@require(Permission.REFERRAL_ANSWER)
@require_GET
def sent(request, pk):
    """The pack that was sent to this scheme, its answer, and the homes it proposed."""
    row = own_sent(request, pk, Permission.REFERRAL_ANSWER)
    matches = Match.objects.visible_to(request.user).filter(referral=row.referral, scheme=row.scheme)
    context = {
        "sent": row,
        "referral": row.referral,
        "person": row.person,
        "matches": matches.select_related("carer", "household", "placement"),
        "may": may(request.user, row.person),
        "pack_allowed": queries.pack_allowed(row),
    }
    return render(request, "placements/sent.html", context)


@require(Permission.REFERRAL_ANSWER)
@require_http_methods(BOTH)
def answer_referral(request, pk):
    row = own_sent(request, pk, Permission.REFERRAL_ANSWER)
    form = forms.AnswerForm(request.POST or None, user=request.user, row=row)

    def action(**facts):
        return actions.answer_referral(sent=row, by=request.user, version=form.opened_on(), **facts)

    return form_page(
        request, form=form, action=action, template="placements/answer_referral.html", to=where_next,
        done="Your answer was sent.", person=row.person, sent=row, referral=row.referral,
    )  # fmt: skip


def where_next(row):
    """After a refusal the referral is no longer the scheme's to read."""
    return "placements:referrals" if row.closed_on else row
