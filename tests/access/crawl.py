"""Asking every address as every user, each answer once, and without leaving a trace."""

import re
import uuid
from dataclasses import dataclass

from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?([a-z_]+)"?', re.IGNORECASE)
CONTROL = re.compile(r"^\s*(?:SAVEPOINT|RELEASE|ROLLBACK|SET CONSTRAINTS)", re.IGNORECASE)
KEPT_ANYWAY = {
    "records_accesslogentry",
    "django_session",
    "records_cache",
    "commissioning_placescount",
    "commissioning_countedplaces",
}  # who looked; the session; the cache; the count of places that the next one replaces
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Answer:
    status: int
    body: str  # in small letters, to look for words in it
    page: str  # as it stands, if it is a page that opened
    to: str  # where it redirects
    wrote: frozenset  # tables, besides those that every request may write
    queries: int  # besides transaction control


def patterns(resolver=None, namespace=""):
    """(name, view) of every address; Django admin's are walked by its registry instead."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inner = f"{pattern.namespace}:" if pattern.namespace else namespace
                yield from patterns(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern.callback


def words_of(response):
    """What a reader gets. In this world a document holds its words unpacked (`Unpacked`)."""
    if response.streaming:
        content = b"".join(response.streaming_content)
    else:
        content = response.content
    return content.decode(errors="replace")  # pictures are no words


class Unpacked:
    """Stands for the maker of PDFs: the words of the document as they are, so that they can be looked for."""

    def __init__(self, string, **options):
        self.words = string

    def write_pdf(self, **options):
        return b"%PDF " + self.words.encode()


class Crawl:
    """Users signed in side by side; an answer to GET is asked for once and kept."""

    def __init__(self, world):
        self.world = world
        self.users = world.users | world.outsiders | world.twice
        self.clients = {"anonymous": Client()}
        self.kept = {}
        for who, user in self.users.items():
            self.clients[who] = Client()
            self.clients[who].force_login(user, backend=BACKEND)
            self.stay(self.clients[who].session)

    @staticmethod
    def stay(session):
        """As in the middle of a morning: no request of the tests begins a session, or lets it go on."""
        now = timezone.now().timestamp()
        session.update({"started": now, "last_seen": now + 3600})
        session.save()

    def address(self, name, arguments, missing=False):
        """The address of a row of the world; with `missing`, of one that is not there."""
        found = []
        for argument in arguments:
            if argument.startswith("="):
                found.append(argument[1:])
            else:
                found.append(uuid.uuid4() if missing else getattr(self.world, argument).pk)
        return reverse(name, args=found)

    def get(self, who, path):
        if (who, path) not in self.kept:
            self.kept[who, path] = self.ask(who, path, "get")
        return self.kept[who, path]

    def ask(self, who, path, method, typed=None):
        """One request, undone afterwards."""
        wrote, queries = set(), 0

        def watch(execute, sql, params, many, context):
            nonlocal queries
            queries += not CONTROL.match(sql)
            found = WRITES.match(sql)
            if found:
                wrote.add(found[1])
            return execute(sql, params, many, context)

        with transaction.atomic(), connection.execute_wrapper(watch):
            response = getattr(self.clients[who], method)(path, typed)
            words = words_of(response)
            answer = Answer(
                response.status_code,
                words.lower(),
                words
                if response.status_code == 200 and response["Content-Type"].startswith("text/html")
                else "",
                response.get("Location", ""),
                frozenset(wrote - KEPT_ANYWAY),
                queries,
            )
            transaction.set_rollback(True)
        return answer
