"""What an administrator and a team manager find waiting: a handover to answer, and a mail with the council's own words."""

from people.actions import ask_handover
from people.models import Involvement, Organisation, User
from sharedlives.devstack.signins import DOMAIN
from sharedlives.worklist.actions import set_wording

WHY = "Moved in with a Shared Lives carer on your side of the town in spring. Reviews are up to date; next of kin agree."
WORDS = """Another team has answered your question about taking somebody over.

Read the answer, signed in:
{link}

Questions about handovers: ring the duty desk. This mail holds no name on purpose. {product}"""


def ask_the_team_that_signs_in(today):
    """The next team asks the one of `team.manager@` to take over somebody. Nothing where either is missing."""
    manager = User.objects.filter(email=f"team.manager@{DOMAIN}").first()
    to = manager and Organisation.objects.teams().filter(memberships__user=manager).first()
    if to is None:
        return
    theirs = Involvement.objects.funding().current(today).exclude(organisation=to).exclude(worker=None)
    theirs = theirs.filter(organisation__council=to.council_id, person__date_of_death=None)
    row = theirs.select_related("person", "worker").order_by("person__reference").first()
    if row is not None:
        ask_handover(person=row.person, to=to, reason=WHY, on=today, by=row.worker)


def word_one_mail(today):
    """One mail has the region's own words; all others are as shipped."""
    administrator = User.objects.filter(email=f"admin@{DOMAIN}").first()
    if administrator is not None:
        facts = {"slug": "handover_answered", "subject": "An answer about a handover", "body": WORDS}
        set_wording(in_force_from=today, by=administrator, **facts)
