"""A file of the demo that waits to be brought in: seen, checked, with one row to mend and one to decide."""

from django.core.files.base import ContentFile

from people.models import User
from sharedlives.bringin.actions import receive
from sharedlives.bringin.kinds import REGISTRY, organisations_for
from sharedlives.devstack.signins import DOMAIN

HEADING = "Given name,Family name,Date of birth,NHS number,Council’s own number,Funding team,Postcode"
ROWS = (
    "Verity,Hollingdale,12/02/1972,,DA-19877,Riverside team,DL2 1AB",
    "Kofi,Antwi-Boasiako,30/02/1994,,DA-19902,Riverside team,DL2 1AB",
    "Ahmed,Rahmani,14/03/1991,,DA-19915,Riverside team,",
)


def send_a_file():
    """The data officer sent a file of people and has not brought it in yet."""
    officer = User.objects.get(email=f"data.officer@{DOMAIN}")
    kind = REGISTRY["people"]
    content = "\n".join([HEADING, *ROWS]) + "\n"
    file = ContentFile(content.encode(), name="people-of-the-east.csv")
    return receive(kind=kind, organisation=organisations_for(officer, kind)[0], file=file, by=officer)
