"""This floor's part of the copy of everything about one person, and the names around them."""

from sharedlives.records.subject_access import NAMELESS, NAMES, Part, left_out

from . import models

Part(models.Person, "Who you are", path="pk")
Part(models.CommunicationNeed, "How to communicate with you")
Part(models.AboutMe, "About me")
# How to reach somebody else is theirs; that they are a contact is the person's.
Part(models.PersonalContact, "People around you", leave=("phone", "email"))
Part(models.Involvement, "Teams and schemes that know you")
Part(models.ContactNote, "Notes of contact")
Part(models.LegalFact, "What the law says about your care")
Part(models.LegalFactShare, "To whom legal facts were shared")
Part(models.SharingDecision, "What you said about sharing")
Part(models.AdvocacyTest, "Whether you need an advocate")
Part(models.Handover, "Passing you on to another team")
Part(models.AccessGrant, "Who opened your record in an emergency")
Part(models.Restriction, "That your record is closed to some", held=True)
Part(models.Conflict, "Workers who are close to you", held=True)
# The words may be about somebody else, on whose record they should have stood.
Part(models.NoteEnteredInError, "Notes, facts and decisions entered in error", held=True)
Part(models.CopyToRecall, "Copies of what was entered in error", held=True)
Part(models.AccessRequest, "Requests for a copy", leave=("harm_words", "safeguarding_words", "done", "total"))
left_out(
    models.RestrictionAllows, "names colleagues only; that the record is closed is told by the restriction"
)
left_out(models.OrganisationMove, "moves whole teams; the person's own part of it is their involvement")
left_out(models.AccessEntry, "what was put together for a copy; cleared once it has been handed over")
left_out(models.AccessName, "names of others, as they were decided for a copy")
NAMELESS["people.Person"] = "a person who is supported"


def contacts(person):
    """Family, friends and representatives; workers of services are no third party."""
    for contact in person.contacts.exclude(kind=models.PersonalContact.Kind.PROFESSIONAL):
        yield contact.name, f"contact: {contact.relation or contact.get_kind_display().lower()}"


NAMES.append(contacts)
