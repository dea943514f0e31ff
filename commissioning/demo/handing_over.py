"""What an administrator and a team manager find waiting: a handover to answer, a mail with own words, a council's logo."""

import io

from PIL import Image, ImageDraw

from people.actions import ask_handover
from people.models import Involvement, Organisation, User
from sharedlives.devstack.signins import DOMAIN
from sharedlives.documents.actions import set_picture
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


def give_a_council_its_logo(today):
    """The council of the team that signs in has a logo of its own on its documents; all others carry the shipped one."""
    administrator = User.objects.filter(email=f"admin@{DOMAIN}").first()
    team = Organisation.objects.teams().filter(memberships__user__email=f"team.manager@{DOMAIN}").first()
    if administrator is None or team is None or team.council is None:
        return
    set_picture(
        name="mark", content=hills_and_river(), words=team.council.name, organisation_id=team.council_id,
        in_force_from=today, by=administrator,
    )  # fmt: skip


def hills_and_river():
    """A made-up logo, as PNG: two hills, a river, the sun."""
    picture = Image.new("RGB", (480, 320), "#e6f0ec")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((330, 30, 430, 130), fill="#f5b26b")
    draw.polygon(((0, 250), (150, 70), (300, 250)), fill="#14453d")
    draw.polygon(((180, 250), (320, 120), (480, 250)), fill="#19614f")
    draw.rectangle((0, 250, 480, 320), fill="#3b7ea1")
    for left in range(0, 480, 80):
        draw.arc((left, 265, left + 80, 305), 180, 360, fill="#e6f0ec", width=8)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
