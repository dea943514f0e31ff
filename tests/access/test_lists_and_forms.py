"""What holds for every list, and for every form, of the whole access table. One world serves both.

A list asks the database as often for a thousand rows as for ten: at most twelve times. A form that writes carries a
one-time key, and the version of the row that it changes.
"""

import inspect
import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.forms import MultiWidget

from careplans.models import EnteredInError, NeedEnteredInError
from carers.models import Applicant, Approval, Carer, HouseholdScheme
from commissioning.models import CountedPlaces
from people import actions as people
from people.models import (
    Conflict,
    ContactNote,
    Involvement,
    Membership,
    NoteEnteredInError,
    Person,
    User,
)
from placements.models import AgreementEnteredInError
from reviews.models import RecordEnteredInError
from risk.models import Concern, EventEnteredInError, RiskEnteredInError
from sharedlives.forms import ActionForm
from sharedlives.records.models import AccessLogEntry
from sharedlives.worklist import queries
from sharedlives.worklist.deadlines import REGISTRY
from sharedlives.worklist.models import Mail, Reminder, ReminderCopy

from ..risk import factories as risks
from .crawl import CONTROL, patterns
from .many import Copies
from .openings import OPEN_TO_ALL
from .table import EXPORTED, OWN, ROWS

pytestmark = pytest.mark.django_db
SIZES = (10, 100, 1000)
CEILING = 12
FULL = 25  # rows on one page
NOT_TOLD = {("reviews:very_like", "scheme_manager")}  # was not at the meeting that is copied
BOTH_SIDES = ("care_manager", "scheme_worker")
TURNS_PAGES = ("list_page(", "Paginator(", "paged(", "pages(")


def only(row):
    return type(row).objects.filter(pk=row.pk)


def of(rows, **facts):
    return rows.objects.filter(**facts)


def asked(work, *whose, **changed):
    """Copies of the first row of each one's list of work, whatever deadline it stands for."""

    def copies(w):
        rows = []
        for who in whose:
            item = work(w.users[who], w.today)[0][0]
            rows.append(of(REGISTRY[item.deadline].model, pk=item.object_id))
        return Copies(*rows, **{name: value(w.today) for name, value in changed.items()})

    return copies


def work_of(slug):
    return lambda user, today: queries.page(user, slug, today)


def coming(user, today):
    return queries.team_page(user, today, span=queries.TEAM_SOON)


def yesterday(today):
    return today - timedelta(days=1)


def reminded(w):
    item = coming(w.tom, w.today)[0][0]
    reminder = Reminder.objects.create(
        deadline=item.deadline,
        object_id=item.object_id,
        due_on=item.due_on,
        stage="first",
        stage_on=w.today,
        state="sent",
        written_on=w.today,
    )
    copy = ReminderCopy.objects.create(reminder=reminder, recipient=w.amina)
    mail = Mail.objects.create(
        copy=copy, recipient=w.amina, template="reminder", path="/", message_id="<one@example.org>"
    )
    return Copies(only(reminder), only(copy), only(mail))


def in_error(model, **facts):
    return Copies(only(model.objects.create(why="Another person", **facts)))


def hidden(model, key, row):
    return lambda w: in_error(model, person=w.anna, **{key: getattr(w, row)})


def worked_with(w):
    known = of(
        Involvement, organisation__in=[w.team, w.scheme], role__in=["funds", "supports"], worker__isnull=False
    )
    workers = of(User, pk__in=known.values("worker"))
    return Copies(workers, of(Membership, user__in=workers), known)


def conflicts(w):
    own = people.declare_conflict(user=w.priya, person=w.anna, tie="family", words="A cousin", by=w.priya)
    return Copies(of(Conflict, pk__in=[w.conflict.pk, own.pk]))


def concerns(w):
    own = risks.concern(w.anna, w.priya, about=("relative",))
    return Copies(of(Concern, pk__in=[w.concern.pk, own.pk]))


def promised(w):
    return Copies(only(w.promise)), Copies(only(w.promise), owner=w.priya.pk)


def brought_in(w):
    of_scheme = {"organisation_id": w.scheme.pk, "kind": "homes", "uploaded_by": w.owen.pk}
    return Copies(only(w.file_of_people)), Copies(only(w.file_of_people), **of_scheme)


def whole(w):
    return Copies(of(Person, pk=w.anna.pk), of(Involvement, person=w.anna))


def offered(w):
    return Copies(only(w.scheme), of(CountedPlaces, scheme=w.scheme))


# What is copied for each list: of the world that the access table walks.
GROWS = {
    "home": asked(work_of("today"), *BOTH_SIDES),
    "worklist:list_of =today": asked(work_of("today"), *BOTH_SIDES),
    "worklist:list_of =waiting": asked(work_of("waiting"), *BOTH_SIDES),
    "worklist:team_list =late": asked(coming, "team_manager", "scheme_manager", due_on=yesterday),
    "worklist:team_list =soon": asked(coming, "team_manager", "scheme_manager"),
    "worklist:reminders": reminded,
    "people:find": whole,
    "people:conflicts": conflicts,
    "people:looked anna": lambda w: Copies(of(AccessLogEntry, person_ids__contains=[w.anna.pk])[:1]),
    "people:teams": lambda w: Copies(only(w.team)),
    "people:contact_log anna": lambda w: Copies(of(ContactNote, person=w.anna)[:1]),
    "people:access_requests": lambda w: Copies(only(w.whole)),
    "people:access_entries whole": lambda w: Copies(only(w.copied)),
    "people:workers": worked_with,
    "people:worker amina": whole,
    "carers:households": lambda w: Copies(
        only(w.home), of(HouseholdScheme, household=w.home), of(Carer, household=w.home)
    ),
    "carers:carers": lambda w: Copies(only(w.carer), of(Approval, carer=w.carer)),
    "carers:applications": lambda w: Copies(only(w.application), of(Applicant, application=w.application)),
    "carers:panels": lambda w: Copies(only(w.panel)),
    "carers:copies": lambda w: Copies(only(w.carer_copy)),
    "risk:very_like": lambda w: Copies(only(w.risk), likeness=95, why_nothing_changed="As before"),
    "risk:complaints": lambda w: Copies(only(w.complaint)),
    "risk:incidents": lambda w: Copies(only(w.incident), only(w.incident_row)),
    "risk:changes": lambda w: Copies(only(w.noticed)),
    "risk:concerns": concerns,
    "placements:breaks": lambda w: Copies(
        only(w.home), of(HouseholdScheme, household=w.home), only(w.carer), of(Approval, carer=w.carer)
    ),
    "placements:list": lambda w: Copies(only(w.placement)),
    "placements:referrals": lambda w: Copies(only(w.referral_of_dora), only(w.unanswered)),
    "placements:answered": lambda w: Copies(only(w.sent), closed_on=w.today),
    "placements:homes sent": lambda w: Copies(
        only(w.home), of(HouseholdScheme, household=w.home), only(w.carer), of(Approval, carer=w.carer)
    ),
    "reviews:list": lambda w: Copies(only(w.due)),
    "reviews:very_like": lambda w: Copies(only(w.held), likeness=95, why_alike="As before"),
    "reviews:measured =overdue": lambda w: Copies(
        only(w.due), due_on=yesterday(w.today), counted_from=yesterday(w.today)
    ),
    "reviews:my_actions": promised,
    "safetynet:flags": lambda w: Copies(only(w.flag), only(w.scheme_flag)),
    "safetynet:rosters": lambda w: Copies(only(w.roster)),
    "safetynet:roster roster": lambda w: Copies(only(w.linked)),
    "safetynet:entered_in_error =plans": lambda w: in_error(EnteredInError, plan=w.first_plan),
    "safetynet:entered_in_error =risks": lambda w: in_error(RiskEnteredInError, assessment=w.risk),
    "safetynet:entered_in_error =agreements": lambda w: in_error(
        AgreementEnteredInError, agreement=w.agreement
    ),
    "safetynet:entered_in_error =reviews": lambda w: in_error(RecordEnteredInError, review=w.held),
    "safetynet:entered_in_error =notes": lambda w: in_error(NoteEnteredInError, person=w.anna, note=w.note),
    "safetynet:entered_in_error =about-me": lambda w: in_error(
        NoteEnteredInError, person=w.anna, about_me=w.about
    ),
    "safetynet:entered_in_error =legal": lambda w: in_error(NoteEnteredInError, person=w.anna, fact=w.fact),
    **{
        f"safetynet:entered_in_error ={kind}": hidden(model, key, row)
        for kind, model, key, row in (
            ("sharing", NoteEnteredInError, "sharing", "sharing"),
            ("advocacy", NoteEnteredInError, "advocacy", "advocacy"),
            ("assessments", NeedEnteredInError, "assessment", "assessment"),
            ("support-plans", NeedEnteredInError, "support_plan", "support_draft"),
            ("wishes", NeedEnteredInError, "wish", "wish"),
            ("reassessments", NeedEnteredInError, "reassessment", "reassessment"),
            ("incidents", EventEnteredInError, "incident_row", "incident_row"),
            ("changes", EventEnteredInError, "change", "noticed"),
            ("foreseen", EventEnteredInError, "need", "need"),
            ("responsibilities", EventEnteredInError, "agreement", "duties"),
        )
    },
    "bringin:home": brought_in,
    "bringin:file file_of_people": lambda w: Copies(only(w.row_to_mend)),
    "commissioning:availability": offered,
}


def lists():
    """The rows of the access table whose page turns pages: found in the source, not listed by hand."""
    found = {name for name, view in patterns() if turns_pages(view)} | EXPORTED
    return {
        " ".join([name, *arguments]): (name, arguments, own) for name, arguments, own in ROWS if name in found
    }


def turns_pages(view):
    view = inspect.unwrap(view)
    return view.__module__.split(".")[0] != "allauth" and any(
        word in inspect.getsource(view) for word in TURNS_PAGES
    )


LISTS = lists()


def test_every_list_is_walked():
    assert LISTS.keys() == GROWS.keys()


def sides(name, own):
    """One of those of the council who may open a list, and one of a scheme: each asks in its own way.

    Of the lists of work one is enough: every deadline there is stands in their one statement, for everybody.
    """
    able = [who for who, status in zip(OWN, own.split(), strict=True) if status == "200"]
    schemes = [who for who in able if who.startswith("scheme")]
    others = [who for who in able if who not in schemes]
    return [*others[:1], *schemes[:1]][: 1 if name.startswith("worklist:") else 2]


def opened(crawl, who, path):
    """(queries, rows in the list) of one look, undone afterwards."""
    queries = 0

    def watch(execute, sql, *rest):
        nonlocal queries
        queries += not CONTROL.match(sql)
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(watch):
        response = crawl.clients[who].get(path)
        transaction.set_rollback(True)
    assert response.status_code == 200
    return queries, length(response.context)


def length(context):
    """How long the list says it is; a list paged by key says whether there is more."""
    if "lists" in context:
        return sum(shown["count"] for shown in context["lists"])
    if "list" in context:
        return context["list"].count
    if "page" in context:
        return context["page"].paginator.count
    return context.get("count", len(context.get("lines", ())))


@pytest.mark.parametrize("row", LISTS)
def test_a_thousand_rows_cost_no_more_queries_than_ten(crawl, row):
    name, arguments, own = LISTS[row]
    path, found, made = crawl.address(name, arguments), {}, 0
    with transaction.atomic():
        copies = GROWS[row](crawl.world)
        for size in SIZES:
            for some in copies if isinstance(copies, tuple) else [copies]:
                some.make(made + 1, size)
            made = size
            for who in sides(name, own):
                found.setdefault(who, []).append(opened(crawl, who, path))
        transaction.set_rollback(True)
    for who, sizes in found.items():
        (ten, shown), (hundred, more), (thousand, _most) = sizes
        assert more > shown or shown >= FULL or (row, who) in NOT_TOLD, f"{who} does not see the list grow"
        assert thousand <= hundred <= ten <= CEILING, (
            who
        )  # fewer: what only some rows have was on no row shown


# -- Every form --------------------------------------------------------------------------------------

ASKS_ONLY = {
    "people:find": "a search, posted so that no name stands in an address",
    "people:quick_note": "whose note it is: the next page writes it",
    "people:check_access": "answers a question; what is kept is the look",
    "stay_signed_in": "prolongs the own session",
    "reviews:hold_section": "keeps the own draft; to hold the review takes the key",
}
ONE_WAY = {
    "people:mails": "the own wish about mails: the last one counts",
    "people:withdraw_handover": "out of one state: whoever comes second finds it done",
    "people:withdraw_change": "the same",
    "carers:reopen": "the same",
    "careplans:acknowledge": "the same",
    "risk:read_copy": "the same",
    "risk:read_incident": "the same",
    "risk:close_link": "the same",
    "bringin:confirm": "the same",
    "bringin:put_aside": "the same",
    "reviews:send": "what was sent before stays; a copy more goes out",
}
KEY_ALONE = {"records_formkey"}
FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)


SOURCES = {
    name: inspect.getsource(inspect.unwrap(view)) for name, view in patterns() if name not in OPEN_TO_ALL
}
METHODS = ("@require_GET", "@require_POST", "@require_http_methods")
FORMS = {
    " ".join([name, *arguments]): (name, arguments, own)
    for name, arguments, own in ROWS
    if name not in ASKS_ONLY and "@require_GET" not in SOURCES[name]
}


def test_every_view_names_the_methods_that_it_answers():
    assert [name for name, source in SOURCES.items() if not any(method in source for method in METHODS)] == []


ASKED = [(name, arguments, own) for name, arguments, own in ROWS if name in ASKS_ONLY]


@pytest.mark.parametrize(("name", "arguments", "own"), ASKED, ids=[row[0] for row in ASKED])
def test_what_only_asks_changes_nothing(crawl, name, arguments, own):
    who = next(who for who, status in zip(OWN, own.split(), strict=True) if status in ("200", "405"))
    answer = crawl.ask(who, crawl.address(name, arguments), "post", {"text": "Anna"})
    assert answer.status < 500
    assert answer.wrote <= {"records_draft"}


def as_shown(form):
    """What a browser sends when nothing was typed: the form as the page shows it."""
    sent = {}
    for field in form:
        value, widget = field.value(), field.field.widget
        if value in (None, ""):
            continue
        if isinstance(widget, MultiWidget):
            parts = enumerate(widget.decompress(value))
            sent |= {f"{field.html_name}_{n}": part for n, part in parts if part is not None}
        else:
            sent[field.html_name] = value
    return sent


def looked_at(crawl, who, path):
    with transaction.atomic():
        page = crawl.clients[who].get(path)
        transaction.set_rollback(True)
    return page


@pytest.mark.parametrize("app", sorted({name.partition(":")[0] for name, *_rest in FORMS.values()}))
def test_what_is_sent_needs_its_one_time_key_and_the_version_it_was_opened_on(crawl, app):
    for row, (name, arguments, own) in FORMS.items():
        if name.partition(":")[0] == app:
            check_form(crawl, row, name, arguments, own)


def check_form(crawl, row, name, arguments, own):
    path = crawl.address(name, arguments)
    answers = []
    for who in [who for who, status in zip(OWN, own.split(), strict=True) if status == "200"]:
        page = looked_at(crawl, who, path)
        form = page.context["form"]
        assert isinstance(form, ActionForm), row
        shown = FORM.findall(page.content.decode().partition("<main")[2])
        assert [one for one in shown if 'name="form_key"' not in one] == [], row
        sent = as_shown(form)
        forged = crawl.ask(who, path, "post", sent | {"form_key": "forged"})
        answers.append(forged.status)
        assert forged.wrote == set(), row
        if forged.status == 422:
            break  # the others who may write go through the same door; who may only read has none
    assert answers == [] or answers[-1] == 422 or set(answers) <= {403, 404}, row
    if answers[-1:] == [422] and form.row is not None and name not in ONE_WAY:
        assert [one for one in shown if 'name="form_version"' not in one] == [], row
        stale = crawl.ask(who, path, "post", sent | {"form_version": form.row.version + 1})
        assert stale.status == 422, row
        assert stale.wrote <= KEY_ALONE, row
