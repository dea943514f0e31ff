"""People of the demo who are written by hand: Ahmad of SCIE Guide 14, and those on `examples/roster.csv`.

They are the same for every seed and every day, so that guides, tests and the example list can name them. All are
invented. They come first: funded by the first team, supported by the first scheme (slug `harbour`).
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Part:
    """One hand-written person. `lives` says in which way Shared Lives supports them."""

    given: str
    family: str
    born: date
    gender: str
    nhs: str = ""
    preferred: str = ""
    ethnicity: str = "white_british"
    language: str = "English"
    faith: str = ""
    reason: str = "learning"
    lives: str = "live_in"
    status: str = "active"
    known: int = 900  # days on our records, or a little longer
    matters: str = ""
    needs: tuple = field(default=())  # communication: (kind, words, format)
    contacts: tuple = field(default=())  # (kind, name, relation)


AHMAD = Part(
    "Ahmad",
    "Rahmani",
    date(1991, 3, 14),
    "male",
    "9990000018",
    ethnicity="asian_other",
    language="Dari",
    faith="Muslim",
    matters="My family, Friday prayers, football on the radio, and knowing what happens next. Please talk to me, not "
    "about me. I want one meeting with everyone, not four.",
    needs=(
        ("format", "Easy read with photographs of people and places", "easy_read"),
        ("support", "Give me time: wait ten seconds for my answer", ""),
        ("professional", "Dari interpreter when my mother takes part", ""),
    ),
    contacts=(
        ("family", "Farida Rahmani", "mother"),
        ("professional", "Joanne Fenwick", "key worker at the day service"),
        ("professional", "Marek Nowak", "respite carer"),
        ("named_person", "Idris Khan", "friend from the mosque"),
    ),
)

CAST = (
    AHMAD,
    Part("Siân", "Gŵynne", date(1984, 11, 2), "female", "9990000026", language="Welsh", matters="Singing with the choir."),
    Part("Oluwaseun", "Adebayo", date(1997, 6, 23), "male", "9990000034", preferred="Seun", ethnicity="black_african",
         matters="Cooking jollof on Sundays, and my bicycle."),
    Part("Margaret", "Stobbs", date(1949, 1, 30), "female", "9990000042", preferred="Peggy", reason="memory",
         lives="short_break", matters="A proper pot of tea, and my own chair."),
    Part("Paweł", "Wójcik", date(1988, 9, 9), "male", "9990000050", ethnicity="white_other", language="Polish",
         faith="Catholic", reason="mental_health", matters="Quiet mornings. Somebody who asks before they help."),
    Part("Mei", "Cheung", date(2003, 4, 5), "female", "9990000069", ethnicity="asian_chinese", lives="day_support",
         matters="Drawing. My sister comes on Thursdays."),
    Part("Caoimhe", "O’Sullivan", date(1979, 12, 8), "female", "9990000077", ethnicity="white_irish",
         matters="My dog Biscuit, and going to see the horses."),
    Part("Gurdeep", "Sandhu", date(1966, 7, 1), "male", "9990000085", ethnicity="asian_indian", language="Punjabi",
         faith="Sikh", matters="The gurdwara, and my nephews."),
    Part("Bethany", "Armstrong", date(2001, 2, 6), "female", "9990000093", preferred="Beth",
         matters="My phone, my friends, a job with animals."),
    Part("Winston", "Bailey", date(1958, 10, 11), "male", "9990000107", ethnicity="black_caribbean",
         reason="physical_care", lives="short_break", matters="Dominoes, cricket, and church."),
    Part("Callum", "Ridley", date(1995, 5, 12), "male", "9990000115", lives="short_break",
         matters="Trains. I know all the timetables."),
    Part("Eirlys", "Llewellyn", date(1999, 8, 17), "female", "9990000123", language="Welsh", status="agreed", known=60,
         matters="I move in today. I am bringing my harp."),
    Part("Delroy", "Pinnock", date(1972, 3, 3), "male", "9990000131", ethnicity="black_caribbean", status="referred",
         known=40, matters="A garden. And no stairs, if there is a choice."),
)  # fmt: skip
