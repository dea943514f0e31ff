"""The words of our mails and letters: shipped in code, changed by administrators as dated versions, never with a name.

Whoever composes a mail or a letter declares its words in the `wordings.py` of the own app; `{placeholders}` are filled when sent.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from string import Formatter

from django.conf import settings
from django.utils import timezone

from sharedlives.templatetags.components import days_late

from .models import WordingVersion

REGISTRY = {}
EVERYWHERE = {
    "link": "the page that the mail is about",
    "my_work": "the page My work",
    "reference": "the person’s reference, such as P-7KQ2MX; empty where there is none",
    "product": "the name of this system",
}
SAMPLE = {
    "link": "https://example.org/the-page",
    "my_work": "https://example.org/",
    "reference": "P-7KQ2MX",
    "product": "Hearthkeep",
}


@dataclass(frozen=True)
class Shipped:
    """The shipped words of one mail or letter. `more` are its own placeholders, {name: what it stands for}; `sample` shows them.

    `leads_to` makes the path of the link for a user when the mail leaves, where a key in it must not be kept.
    `around` makes it a letter: the placeholder of its facts, which stand as they are between the words before and after.
    """

    slug: str
    title: str
    subject: str
    body: str
    more: dict = field(default_factory=dict)
    sample: dict = field(default_factory=dict)
    leads_to: Callable | None = None
    around: str = ""

    def __post_init__(self):
        if self.slug in REGISTRY:
            raise ValueError(f"Two mails or letters are called {self.slug}")
        REGISTRY[self.slug] = self

    @property
    def placeholders(self):
        return self.more if self.around else EVERYWHERE | self.more

    @property
    def must_hold(self):
        """The placeholder without which the words would be of no use."""
        return self.around or "link"


def names_in(text):
    """The placeholders of a text. Raises ValueError where braces are not in pairs or hold more than a name."""
    found = set()
    for _words, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(name)
        found.add(name)
    return found


def fill(text, facts):
    """A text with its placeholders filled. A line whose reference is empty loses the colon before it too."""
    lines = []
    for line in text.splitlines():
        empty = any(f"{{{name}}}" in line and not facts.get(name) for name in names_in(line))
        filled = line.format_map(facts)
        lines.append(filled.rstrip(" :,") if empty else filled)
    return "\n".join(lines)


def in_force(slug, on):
    """(subject, body) as they stand on a day: the newest version by then, or the shipped words."""
    row = WordingVersion.objects.filter(slug=slug, in_force_from__lte=on).newest_first().first()
    return words_of(slug, row)


def newest(slug):
    """(subject, body) of the newest version, whenever it comes into force."""
    return words_of(slug, WordingVersion.objects.filter(slug=slug).newest_first().first())


def words_of(slug, row):
    shipped = REGISTRY[slug]
    return (row.subject, row.body) if row and row.body else (shipped.subject, shipped.body)


def compose(slug, facts, *, latest=False):
    """(subject, body) of a mail, ready to send. In a training copy both say so."""
    subject, body = newest(slug) if latest else in_force(slug, timezone.localdate())
    subject, body = " ".join(fill(subject, facts).split()), fill(body, facts).strip() + "\n"
    if settings.TRAINING_COPY:
        subject = f"[Training] {subject}"
        body = f"This comes from a training copy: every person in it is made up.\n\n{body}"
    return subject, body


def compose_letter(letter, facts):
    """(heading, words before its facts, words after them) of a letter, as they stand today."""
    heading, body = in_force(letter.slug, timezone.localdate())
    before, _facts, after = body.partition(f"{{{letter.around}}}")
    return " ".join(fill(heading, facts).split()), fill(before, facts).strip(), fill(after, facts).strip()


def facts_of(mail_facts):
    """What the placeholders stand for, out of what a mail may say."""
    due_on, today = mail_facts["due_on"], mail_facts["today"]
    return {
        "what": str(mail_facts["label"]),
        "date": f"Date: {due_on:%-d %B %Y} ({days_late(due_on, today)})" if due_on else "",
        "why_you": WHY_YOU.get(mail_facts["stands_in_for"], WHY_YOU[""]),
        "list": "\n".join(f"{count} × {label}" for label, count in mail_facts.get("gathered", ())),
        "link": mail_facts["link"],
        "my_work": mail_facts["home"],
        "reference": mail_facts["reference"],
        "product": mail_facts["product_name"],
    }


WHY_YOU = {
    "cover": "You get this because you cover for the named worker, who is away.",
    "manager": "You get this as the manager: because it is late, or because no worker could be told.",
    "": "You get this because you are the named worker.",
}

REMINDER = Shipped(
    slug="reminder",
    title="Reminder that something is due",
    subject="{what}: {reference}",
    body="""{what}: {reference}

{date}

Open it here, signed in:
{link}

{why_you}

Everything that waits for you is on My work:
{my_work}

This mail holds no name on purpose. {product}""",
    more={
        "what": "what is due, such as “A review is due”",
        "date": "the line with the due date",
        "why_you": "the sentence that says why this colleague is told",
    },
    sample={
        "what": "A review is due",
        "date": "Date: 12 March 2027 (in 14 days)",
        "why_you": WHY_YOU[""],
    },
)
DIGEST = Shipped(
    slug="digest",
    title="One mail a working day",
    subject="Your reminders of today",
    body="""Since your last mail these reminders have come for you:

{list}

They are all on My work, signed in:
{link}

You get one mail a working day because you chose so. What cannot wait is still mailed at once. To change it, open “My mails” on My work.

This mail holds no name on purpose. {product}""",
    more={"list": "how many reminders of each kind"},
    sample={"list": "2 × A review is due\n1 × An incident is to be read"},
)
