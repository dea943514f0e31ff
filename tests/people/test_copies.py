"""A copy of everything about one person: asked for, put together, read through, handed over."""

import io
import json
from datetime import date, timedelta
from itertools import count

import page
import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from people import actions, rules
from people.actions import subject_access as steps
from people.models import AccessEntry, AccessRequest, Person
from people.tasks import work_off_copies
from sharedlives.documents import pdf
from sharedlives.documents.models import IssuedDocument
from sharedlives.records.copies import TAKEN_OUT, text_of_facts
from sharedlives.records.models import AccessLogEntry
from sharedlives.records.typed import new_key
from sharedlives.rules import RuleBroken
from sharedlives.worklist.deadlines import REGISTRY

pytestmark = pytest.mark.django_db
CHECKED = {"harm_words": "Read with the worker: none.", "safeguarding_words": "No enquiry is open."}


@pytest.fixture
def mother(person, care_manager):
    return actions.add_contact(
        person=person, kind="family", name="Nasreen Begum", relation="mother", by=care_manager
    )


@pytest.fixture
def note(person, care_manager, mother):
    words = "Rang Nasreen about the holiday. Begum said yes. A rose for Bashir."
    return actions.write_contact_note(
        person=person, how="phone", words=words, happened_at=timezone.now(), by=care_manager
    )


def ask(person, by, **facts):
    facts = {"identity": "Known to the team", "received_on": timezone.localdate()} | facts
    return actions.ask_for_copy(person=person, by=by, **facts)


def put_together(request):
    actions.work_off_copies()
    request.refresh_from_db()
    return request


def all_decided(request, by, name="out"):
    decisions = {str(row.pk): name for row in request.names.all()}
    actions.decide_names(request=request, decisions=decisions, by=by)
    for entry in AccessEntry.objects.visible_to(by).filter(request=request, decision="open"):
        actions.decide_entry(entry=entry, decision="give", by=by)
    return request


@pytest.fixture
def request_(person, team_manager, note):
    return put_together(ask(person, team_manager))


# -- Asked for --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_a_copy_is_owed_within_one_month(received, due):
    assert rules.month_after(received) == due


def test_the_clock_reminds_the_manager(person, team_manager, care_manager):
    row = ask(person, team_manager, received_on=timezone.localdate() - timedelta(days=40))
    deadline = REGISTRY["people.copy_due"]
    assert list(deadline.owed_by(team_manager)) == [row]
    assert not deadline.owed_by(care_manager).exists()
    assert row.next_stage_on <= timezone.localdate()


@pytest.mark.rule("people.copy_asked_before_today")
def test_no_request_arrives_tomorrow(person, team_manager):
    with pytest.raises(RuleBroken, match="after today"):
        ask(person, team_manager, received_on=timezone.localdate() + timedelta(days=1))


@pytest.mark.rule("people.copy_needs_authority")
def test_next_of_kin_alone_has_no_authority(person, team_manager, mother):
    with pytest.raises(RuleBroken, match="Next of kin alone"):
        ask(person, team_manager, contact=mother)
    actions.record_legal_fact(
        person=person,
        kind="deputy",
        about="All welfare",
        since=date(2025, 1, 1),
        risk_note="None known",
        holder=mother,
        field="welfare",
        scope="All welfare decisions",
        reference="COP 12345",
        by=team_manager,
    )
    assert ask(person, team_manager, contact=mother).contact == mother


@pytest.mark.rule("people.copy_one_open")
def test_one_copy_at_a_time(person, team_manager):
    ask(person, team_manager)
    with pytest.raises(RuleBroken, match="not handed over yet"):
        ask(person, team_manager)


# -- Put together -----------------------------------------------------------------------------------


def test_everything_is_put_together_and_what_could_harm_is_held(request_, person):
    assert request_.state == "review"
    told = {entry.of_model: entry for entry in request_.entries.all()}
    assert ["Date of birth", f"{person.date_of_birth:%-d %B %Y}"] in told["people.Person"].facts
    assert "Rang Nasreen" in dict(told["people.ContactNote"].facts)["Words"]
    assert {entry.decision for entry in request_.entries.all()} == {"give"}
    contact = dict(told["people.PersonalContact"].facts)
    assert "Phone" not in contact


def test_a_tick_that_died_is_followed_by_one_that_goes_on(person, team_manager, note, monkeypatch):
    row = ask(person, team_manager)
    died = count()

    def dies(request, parts):
        if next(died) == 5:
            raise RuntimeError("the power went")
        return keep(request, parts)

    keep = steps.keep_entries
    monkeypatch.setattr(steps, "KINDS", 1)
    monkeypatch.setattr(steps, "keep_entries", dies)
    with pytest.raises(RuntimeError):
        actions.work_off_copies()
    row.refresh_from_db()
    assert (row.state, row.done) == ("gathering", 5)
    work_off_copies()
    row.refresh_from_db()
    assert row.state == "review"
    assert row.entries.filter(of_model="people.Person").count() == 1


def test_names_of_others_are_proposed_and_taken_out_with_their_words(request_, team_manager, person):
    (name,) = request_.names.all()
    assert (name.name, name.who) == ("Nasreen Begum", "contact: mother")
    all_decided(request_, team_manager)
    clean = steps.cleaner(request_)
    assert clean("Rang Nasreen; NASREEN BEGUM came. Begum said yes.") == (
        f"Rang {TAKEN_OUT}; {TAKEN_OUT} came. {TAKEN_OUT} said yes."
    )
    assert clean("nasreens are flowers") == "nasreens are flowers"
    assert clean(f"{person.family_name}") == person.family_name


@pytest.mark.rule("people.copy_name_stands_there")
@pytest.mark.rule("people.copy_name_once")
def test_another_name_is_added_only_where_it_stands(request_, team_manager):
    with pytest.raises(RuleBroken, match="stands nowhere"):
        actions.add_name(request=request_, name="Zebedee", who="nobody", by=team_manager)
    actions.add_name(request=request_, name="Bashir", who="neighbour", by=team_manager)
    assert steps.cleaner(request_)("A rose for Bashir") == f"A rose for {TAKEN_OUT}"
    with pytest.raises(RuleBroken, match="on the list already"), transaction.atomic():
        actions.add_name(request=request_, name="Bashir", who="neighbour", by=team_manager)


# -- Read through -----------------------------------------------------------------------------------


@pytest.mark.rule("people.copy_names_decided")
@pytest.mark.rule("people.copy_records_decided")
def test_nothing_leaves_undecided(request_, team_manager):
    with pytest.raises(RuleBroken, match="nobody has decided about: 1"):
        actions.release_copy(request=request_, by=team_manager, **CHECKED)
    all_decided(request_, team_manager)
    AccessEntry.objects.filter(request=request_, of_model="people.Involvement").update(decision="open")
    with pytest.raises(RuleBroken, match="until somebody decides: 1"):
        actions.release_copy(request=request_, by=team_manager, **CHECKED)


@pytest.mark.rule("people.copy_kept_back_for_a_reason")
def test_a_record_is_kept_back_for_a_reason(request_, team_manager):
    entry = request_.entries.get(of_model="people.ContactNote")
    with pytest.raises(RuleBroken, match="only for a reason"):
        actions.decide_entry(entry=entry, decision="keep", by=team_manager)
    actions.decide_entry(entry=entry, decision="keep", why="It would harm the mother", by=team_manager)
    with pytest.raises(IntegrityError, match="people_copy_kept_back_for_a_reason"), transaction.atomic():
        AccessEntry.objects.filter(pk=entry.pk).update(why="")


@pytest.mark.rule("people.copy_in_review")
def test_nothing_is_decided_before_it_is_put_together(person, team_manager, note):
    row = ask(person, team_manager)
    with pytest.raises(RuleBroken, match="being put together"):
        actions.release_copy(request=row, by=team_manager, **CHECKED)


def test_whoever_a_concern_is_about_finds_no_trace(person, team_manager, care_manager, note, monkeypatch):
    """What the record itself does not show to the reader, the copy does not show, and keeps back without a word."""
    row = put_together(ask(person, team_manager))
    entry = row.entries.get(of_model="people.ContactNote")
    AccessEntry.objects.filter(pk=entry.pk).update(
        of_model="risk.Concern", row_id=person.pk, decision="open", title="CANARY"
    )  # a concern that `Concern.visible_to` shows to nobody here
    assert not AccessEntry.objects.visible_to(team_manager).filter(pk=entry.pk).exists()
    all_decided(row, team_manager)
    actions.release_copy(request=row, by=team_manager, **CHECKED)
    put_together(row)
    files = b"".join(bytes(d.content) for d in row.documents.filter(content_type="application/json"))
    assert b"CANARY" not in files
    assert b"Rang" not in files


# -- Handed over ------------------------------------------------------------------------------------


def test_the_copy_is_made_kept_and_what_was_put_together_is_cleared(request_, team_manager, person):
    all_decided(request_, team_manager)
    actions.release_copy(request=request_, by=team_manager, **CHECKED)
    put_together(request_)
    assert (request_.state, request_.closed_on, request_.next_stage_on) == (
        "released",
        timezone.localdate(),
        None,
    )
    assert not request_.entries.exists()
    paper, machine = request_.documents.order_by("content_type")[::-1]
    assert bytes(paper.content).startswith(b"%PDF")
    told = json.loads(bytes(machine.content))
    words = json.dumps(told, ensure_ascii=False)
    assert person.given_name in words
    assert "Nasreen" not in words
    assert TAKEN_OUT in words
    assert IssuedDocument.objects.filter(person_id=person.pk, kind="people.copy").count() == 2


def test_the_copy_is_as_accessible_as_every_document_and_keeps_the_letters_of_names():
    names = ["Siân Ŵyn Llŷr", "Zoë Łukasz Kać", "Phạm Thị Lan", "محمد الأحمد", "ગુજરાતી પટેલ"]
    entries = [
        AccessEntry(
            number=n, part=f"Kind {n % 2}", title=name, facts=[["Name", name], ["Words", f"{name}\nsaid"]]
        )
        for n, name in enumerate(names)
    ]
    context = {
        "request": AccessRequest(received_on=timezone.localdate()),
        "person": Person(reference="SL-1", given_name="Siân", family_name="Ŵyn"),
        "groups": steps.grouped(entries, str),
    }
    content = pdf.render_pdf("documents/whole_record.html", context, title="What is kept about Siân Ŵyn")
    result = page.validate_pdf_bytes(content, profile="ua1")
    assert result.is_compliant, [failure.message for failure in result.failures][:5]
    sheets = pikepdf.open(io.BytesIO(content)).pages
    fonts = {str(font.BaseFont).split("+")[-1] for sheet in sheets for font in sheet.Resources.Font.values()}
    assert {"HyperlegibleMore", "NotoVietnamese", "NotoArabic", "NotoGujarati"} <= fonts


def test_short_facts_share_a_line_and_long_ones_keep_theirs():
    facts = [["How", "Telephone"], ["By", "Amina"], ["Words", "One\ntwo"], ["On", "3 May 2026"]]
    assert text_of_facts(facts) == "How: Telephone · By: Amina\nWords: One\ntwo\nOn: 3 May 2026"


def test_long_copies_are_made_volume_by_volume(request_, team_manager, monkeypatch):
    monkeypatch.setattr(steps, "VOLUME", 3)
    monkeypatch.setattr(steps, "render_pdf", lambda *args, title, **kw: title.encode())
    all_decided(request_, team_manager)
    actions.release_copy(request=request_, by=team_manager, **CHECKED)
    request_.refresh_from_db()
    records = request_.entries.count()
    assert request_.total == -(-records // 3) + 1
    steps.one_step(request_.pk)
    request_.refresh_from_db()
    assert (request_.state, request_.done) == ("making", 1)
    put_together(request_)
    assert request_.documents.count() == request_.total


def test_without_pdf_there_is_the_file_for_machines(request_, team_manager, settings):
    settings.PDF_OFF = True
    assert not pdf.available()
    all_decided(request_, team_manager)
    actions.release_copy(request=request_, by=team_manager, **CHECKED)
    put_together(request_)
    assert [d.content_type for d in request_.documents.all()] == ["application/json"]


@pytest.mark.rule("people.copy_still_open")
def test_a_request_is_closed_once_with_a_reason(request_, team_manager):
    row = actions.close_access_request(request=request_, why="Taken back", by=team_manager)
    assert (row.state, row.closed_on, row.next_stage_on) == ("closed", timezone.localdate(), None)
    assert not row.entries.exists()
    with pytest.raises(RuleBroken, match="has ended"):
        actions.close_access_request(request=row, why="Again", by=team_manager)


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE people_accessrequest SET state = 'making'", "people_copy_checked_before_release"),
        ("UPDATE people_accessrequest SET state = 'closed'", "people_copy_closed_with_day_and_reason"),
        (
            "INSERT INTO people_accessrequest SELECT gen_random_uuid(), version, due_on, next_stage_on, identity,"
            " received_on, state, done, total, harm_words, safeguarding_words, closed_on, closed_because, contact_id,"
            " organisation_id, person_id, received_by_id, released_by_id FROM people_accessrequest",
            "people_one_open_copy_per_person",
        ),
        ("UPDATE people_accessentry SET number = 1", "people_copy_entry_numbered_once"),
        (
            "INSERT INTO people_accessname (id, version, name, who, times, decision, organisation_id, request_id)"
            " SELECT gen_random_uuid(), 1, name, who, times, decision, organisation_id, request_id FROM people_accessname",
            "people_copy_name_once",
        ),
    ],
)
def test_the_database_keeps_it_too(request_, sql, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# -- Pages ------------------------------------------------------------------------------------------


def test_the_way_through_the_pages(client, person, team_manager, note):
    client.force_login(team_manager)

    def send(name, *args, **typed):
        url = reverse(f"people:{name}", args=args)
        answer = client.post(url, typed | {"form_key": new_key(team_manager)}, follow=True)
        assert answer.status_code == 200, answer.content.decode()[:3000]
        return answer.content.decode()

    day = {
        "received_on_0": timezone.localdate().day,
        "received_on_1": timezone.localdate().month,
        "received_on_2": timezone.localdate().year,
    }
    assert "Step 0 of" in send("ask_for_copy", person.pk, identity="Known", **day)
    row = put_together(AccessRequest.objects.get())
    names = client.get(reverse("people:access_names", args=[row.pk])).content.decode()
    assert "Nasreen Begum" in names
    send("access_names", row.pk, **{f"name_{name.pk}": "out" for name in row.names.all()})
    entry = row.entries.get(of_model="people.ContactNote")
    assert "Rang Nasreen" in client.get(entry.get_absolute_url()).content.decode()
    assert "1 kept back" in send("access_entry", entry.pk, decision="keep", why="Harm")
    listed = client.get(reverse("people:access_entries", args=[row.pk]) + "?decision=keep").content.decode()
    assert entry.title in listed
    assert "The copy is made" in send("release_copy", row.pk, **CHECKED)
    put_together(row)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Files to hand over" in page
    document = row.documents.get(content_type="application/json")
    answer = client.get(reverse("people:access_document", args=[row.pk, document.pk]))
    assert "Rang" not in answer.content.decode()
    assert AccessLogEntry.objects.filter(exported__startswith="copy of everything").exists()


def test_the_register_names_nobody(client, data_officer, request_, person):
    client.force_login(data_officer)
    page = client.get(reverse("people:access_requests")).content.decode()
    assert person.reference in page
    assert person.family_name not in page
    assert client.get(request_.get_absolute_url()).status_code == 403


def test_a_stranger_finds_nothing(client, charlie, request_, person):
    client.force_login(charlie)
    assert client.get(reverse("people:access_requests")).status_code == 403
    assert not AccessRequest.objects.visible_to(charlie).exists()


def test_the_list_costs_the_same_however_many(client, team_manager, request_, django_assert_max_num_queries):
    client.force_login(team_manager)
    url = reverse("people:access_entries", args=[request_.pk])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)
    with django_assert_max_num_queries(12):
        client.get(reverse("people:access_requests"))
