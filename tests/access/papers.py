"""The part of the world that lies in files: what is being brought in, and copies of everything about one person."""

from carers import actions as carers
from people import actions as people
from sharedlives.documents import actions as documents

from ..bringin import factories as brought_in
from ..sharedlives import pictures
from .canaries import canary


def files(w):
    """A file of people with a row to mend and one to decide, and one whose columns are not known."""
    heading = "Given name,Family name,Date of birth,Funding team"
    rows = (
        f"Wanda,{canary('FILE')},soon,Riverside team",
        f"Eva,{canary('PRIVATE')},{w.eve.date_of_birth:%d/%m/%Y},Riverside team",
    )
    w.file_of_people = brought_in.received("people", w.council, w.dev, heading, *rows)
    w.row_to_mend = w.file_of_people.rows.get(state="mend")
    w.row_to_decide = w.file_of_people.rows.get(state="decide")
    w.odd_file = brought_in.received(
        "people", w.council, w.dev, "Given name,Squad", f"Wanda,{canary('FILE')}"
    )


def logo(w):
    """The logo of all documents."""
    facts = {"name": "mark", "words": "The Shires", "content": pictures.png(), "in_force_from": w.today}
    w.logo = documents.set_picture(**facts, by=w.users["administrator"])


def copied(w):
    """A copy of everything about Anna, put together; one about Eve, made. Last of all, so that it holds all there is."""
    asked = {"identity": "Known to the team", "received_on": w.today, "by": w.tom}
    w.whole = people.ask_for_copy(person=w.anna, **asked)
    w.made_copy = people.ask_for_copy(person=w.eve, **asked)
    people.work_off_copies()
    for row in (w.whole, w.made_copy):
        row.refresh_from_db()
    w.copied = w.whole.entries.get(of_model="people.Person")
    for entry in w.made_copy.entries.filter(decision="open"):
        people.decide_entry(entry=entry, decision="give", by=w.tom)
    names = {str(name.pk): "out" for name in w.made_copy.names.all()}
    people.decide_names(request=w.made_copy, decisions=names, by=w.tom)
    people.release_copy(request=w.made_copy, harm_words="None", safeguarding_words="None", by=w.tom)
    people.work_off_copies()
    w.made_file = w.made_copy.documents.get(content_type="application/json")
    asked = {"identity": "Known to the scheme", "received_on": w.today, "scheme": w.scheme, "by": w.owen}
    w.carer_copy = carers.ask_for_carer_copy(carer=w.carer, **asked)
    w.carer_entry = w.carer_copy.entries.first()
    w.member_copy = carers.ask_for_carer_copy(member=w.member, **asked)
    names = {str(name.pk): "out" for name in w.member_copy.names.all()}
    carers.decide_carer_names(request=w.member_copy, decisions=names, by=w.owen)
    carers.release_carer_copy(request=w.member_copy, harm_words="None", safeguarding_words="None", by=w.owen)
    w.member_file = w.member_copy.documents.get(content_type="application/json")
