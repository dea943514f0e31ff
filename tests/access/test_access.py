"""The whole access table: every address, every role, own rows and those of others; and what each may come to know.

`table.py` says who gets what; `world.py` makes the rows; `crawl.py` asks each page once and undoes it.
"""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from people.models import User
from sharedlives.permissions import GRANTS, Permission, Role

from ..conftest import chromium_program
from . import looks
from .canaries import MAY_KNOW, canary
from .crawl import patterns
from .openings import OPEN_TO_ALL
from .table import DOORS, EXPORTED, OWN, ROWS
from .world import HIDDEN_NUMBER, NUMBER

pytestmark = pytest.mark.django_db
VIEWS = dict(patterns())
ON_THE_SHEET = {
    "ADDRESS",
    "CARERWORD",
    "FAMILY",
}  # whoever visits the person needs the way there, whatever else they may know
REFUSED = (403, 404)
DEARER = {"people:person": 20}  # every floor has a part in it


def row_id(row):
    return " ".join([row[0], *row[1]])


def names_a_row(arguments):
    return any(not argument.startswith("=") for argument in arguments)


def holds(crawl, who, name):
    """Whether the role of a user holds the permission that the address names."""
    permission = VIEWS[name].permission
    return permission == "signed_in" or permission in GRANTS[Role(crawl.world.role_of[who])]


def foreign(crawl, name, arguments, own):
    """[(who, status)] of those whom a row does not concern. Whoever lacks the permission is refused as at home."""
    for who in crawl.world.outsiders:
        if not holds(crawl, who, name):
            continue
        if (name, arguments) in DOORS:
            yield who, 200
        elif names_a_row(arguments):
            yield who, 404
        else:
            yield who, int(own.split()[OWN.index(crawl.world.role_of[who])])


# -- Nothing is left out ---------------------------------------------------------------------------


def test_every_address_is_in_the_table():
    listed = {name for name, _arguments, _own in ROWS} | OPEN_TO_ALL.keys()
    assert VIEWS.keys() - listed == set(), "unlisted: say in table.py who gets what there"
    assert listed - VIEWS.keys() == set(), "listed, but no longer there"


def test_every_private_view_names_its_permission():
    named = {
        name: getattr(view, "permission", None) for name, view in VIEWS.items() if name not in OPEN_TO_ALL
    }
    assert {
        name for name, permission in named.items() if permission not in {*Permission, "signed_in"}
    } == set()


def test_every_role_has_its_column():
    assert set(OWN) == {str(role) for role in Role}
    assert [row_id(row) for row in ROWS if len(row[2].split()) != len(OWN)] == []


# -- Who may open what -----------------------------------------------------------------------------


def as_the_table_says(crawl, name, arguments, own):
    """Each role gets what the table says."""
    path = crawl.address(name, arguments)
    for who, expected in zip(OWN, map(int, own.split()), strict=True):
        yield who, crawl.get(who, path).status == expected


def not_there_for_others(crawl, name, arguments, own):
    """404 for what is somebody else's, exactly as for what does not exist."""
    path = crawl.address(name, arguments)
    others = dict(foreign(crawl, name, arguments, own))
    for who, expected in others.items():
        yield who, crawl.get(who, path).status == expected
    if names_a_row(arguments):
        missing = crawl.address(name, arguments, missing=True)
        for who in list(others)[:1]:
            yield who, crawl.ask(who, missing, "get").status == 404


def two_memberships_never_add_up(crawl, name, arguments, own):
    """Reviewing officer of Anna here, care manager elsewhere: what the first may not do, the second gives no right to."""
    if not names_a_row(arguments) or name == "parked":
        return
    status = crawl.get("officer", crawl.address(name, arguments)).status
    as_officer = int(own.split()[OWN.index("reviewing_officer")])
    if (name, arguments) in DOORS and status == 200:
        return  # the door is for care managers of anywhere
    yield "officer", status == as_officer if as_officer < 400 else status in REFUSED


def nobody_without_signing_in(crawl, name, arguments, own):
    """Whoever is not signed in is sent to the door, and writes nothing."""
    path = crawl.address(name, arguments)
    for method in ("get", "post"):
        answer = crawl.ask("anonymous", path, method)
        yield method, (answer.status, answer.to.partition("?")[0]) == (302, reverse("account_login"))
        yield method, answer.wrote == set()


def what_may_not_be_opened_may_not_be_sent(crawl, name, arguments, own):
    """Whoever lacks the permission is stopped by one guard before the method matters: one of them is enough."""
    path = crawl.address(name, arguments)
    others = [who for who, _status in foreign(crawl, name, arguments, own)]
    able = [who for who in OWN if holds(crawl, who, name)]
    for who in (*able, *[who for who in OWN if who not in able][:1], *others):
        if crawl.get(who, path).status in REFUSED:
            answer = crawl.ask(who, path, "post")
            yield who, answer.status in (*REFUSED, 405)
            yield who, answer.wrote == set()


def looking_changes_nothing(crawl, name, arguments, own):
    """Neither GET nor HEAD writes, besides who looked."""
    path = crawl.address(name, arguments)
    for who in OWN:
        yield who, crawl.get(who, path).wrote == set()
    head = crawl.ask(OWN[0], path, "head")
    yield OWN[0], head.status in (crawl.get(OWN[0], path).status, 405) and head.wrote == set()


HOLDS = [
    as_the_table_says,
    not_there_for_others,
    two_memberships_never_add_up,
    nobody_without_signing_in,
    what_may_not_be_opened_may_not_be_sent,
    looking_changes_nothing,
]


@pytest.mark.parametrize("address", sorted({name for name, _arguments, _own in ROWS}))
def test_what_holds_of_each_address(crawl, address):
    """One test an address: a page is asked for once, by one worker, and looked at in every way."""
    wrong = [
        (check.__name__, row_id(row), who)
        for row in ROWS
        if row[0] == address
        for check in HOLDS
        for who, right in check(crawl, *row)
        if not right
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("placements:draft_agreement", "placement"),
        ("placements:record_answers", "match_of_anna"),
        ("placements:end_match", "match_of_anna"),
        ("careplans:acknowledge", "share"),
    ],
)
def test_another_scheme_of_the_same_person_does_not_answer_for_this_one(crawl, name, row):
    """A care manager of the team, who works for the second scheme too: sees the rows of the first, and changes none."""
    path = crawl.address(name, [row])
    assert crawl.get("worker", path).status == 403
    assert crawl.ask("worker", path, "post").wrote == set()


@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_what_is_open_to_all(name, client):
    _why, expected = OPEN_TO_ALL[name]
    arguments = {"uidb36": "1", "key": "no-such-key"} if "from_key" in name and "done" not in name else {}
    unknown = {"concern:raise": "token", "concern:received": "receipt", "calendar_feed": "token"}
    arguments |= {unknown[name]: "none"} if name in unknown else {}
    assert str(client.get(reverse(name, kwargs=arguments)).status_code) in expected.split()


# -- What each may come to know --------------------------------------------------------------------


def met(crawl):
    """{canary: {who: the addresses at which it was met}}, over every page and every list that leaves as a file."""
    found = {kind: {} for kind in MAY_KNOW}
    for name, arguments, own in ROWS:
        path = crawl.address(name, arguments)
        asked = [*OWN, *(who for who, _status in foreign(crawl, name, arguments, own)), "anonymous"]
        for who in asked:
            answers = [crawl.get(who, path)]
            if name in EXPORTED and answers[0].status == 200:
                answers.append(crawl.get(who, f"{path}?format=csv"))
            for kind in MAY_KNOW:
                if name == "people:before_i_go" and kind in ON_THE_SHEET:
                    continue
                if any(canary(kind).lower() in answer.body for answer in answers):
                    found[kind].setdefault(who, []).append(path)
    return found


def test_each_canary_is_met_by_those_who_may_know_and_by_nobody_else(crawl):
    """Both ways: a word that nobody meets would prove nothing."""
    found = met(crawl)
    leaks = {
        (kind, who): paths
        for kind, by in found.items()
        for who, paths in by.items()
        if who not in MAY_KNOW[kind]
    }
    assert leaks == {}, "\n".join(map(str, leaks.items()))
    assert {kind: MAY_KNOW[kind] - found[kind].keys() for kind in MAY_KNOW} == dict.fromkeys(MAY_KNOW, set())


def test_a_commissioner_and_an_administrator_may_know_nothing_of_a_case():
    assert {"commissioner", "administrator"} & set().union(*MAY_KNOW.values()) == set()


@pytest.mark.parametrize(
    ("who", "theirs"),
    [
        ("charlie", {"anna": "eastman"}),
        ("other_scheme_manager", {"anna": "eastman", "home": "away", "carer": "hilda"}),
    ],
)
def test_own_pages_of_others_offer_nothing_of_ours(crawl, who, theirs):
    """Their own rows: no choice of a form, and no list on the page, names ours."""
    opened = 0
    for name, arguments, own in ROWS:
        if not arguments or not set(arguments) <= theirs.keys() or (name, arguments) in DOORS:
            continue
        answer = crawl.get(who, crawl.address(name, [theirs[argument] for argument in arguments]))
        assert answer.status == int(own.split()[OWN.index(crawl.world.role_of[who])]), name
        assert [kind for kind in MAY_KNOW if canary(kind).lower() in answer.body] == [], name
        opened += answer.status == 200
    assert opened > 10


@pytest.mark.parametrize(
    ("typed", "told"), [("Anna", False), ("Eve", False), (NUMBER, True), (HIDDEN_NUMBER, False)]
)
def test_a_search_is_no_oracle(crawl, typed, told):
    """Outside one's own people only an exact number tells which team to ring; of an invisible record not even that."""
    path = reverse("people:find")
    for who in crawl.world.outsiders:
        if holds(crawl, who, "people:find"):
            answer = crawl.ask(who, path, "post", {"text": typed})
            assert answer.status == 200
            assert [kind for kind in MAY_KNOW if canary(kind).lower() in answer.body] == [], who
            may_ask = holds(crawl, who, "people:emergency_access")
            assert ("held by" in answer.body) == (told and may_ask), who


def test_a_search_finds_the_own_people(crawl):
    found = crawl.ask("care_manager", reverse("people:find"), "post", {"text": "Anna"})
    assert canary("PERSON").lower() in found.body


# -- What it costs ---------------------------------------------------------------------------------


def test_no_page_asks_the_database_too_often(crawl):
    """Twelve queries a page at most, session, user and access log among them; twenty for the page of a person.

    `DEARER` says which page may cost more, and how much: it may only get shorter.
    """
    dear = {}
    for name, arguments, _own in ROWS:
        for who in OWN:
            answer = crawl.get(who, crawl.address(name, arguments))
            if answer.queries > DEARER.get(name, 12):
                dear.setdefault(row_id((name, arguments)), {})[who] = answer.queries
    assert dear == {}


# -- What it looks like ----------------------------------------------------------------------------


@pytest.mark.browser
def test_every_page_can_be_read_by_everybody_and_on_a_small_phone(crawl):
    """axe finds nothing, and nothing is wider than 320 px: each address as the first role that may open it."""
    pages = {
        "/seen": "<title>A</title><link rel=stylesheet href=/static/css/app.css><main><h1>A</h1><img src='/a.png'><p style='width: 900px'>A</p></main>"
    }
    shown = set()
    for name, arguments, _own in ROWS:
        path = crawl.address(name, arguments)
        opened = [answer.page for answer in (crawl.get(who, path) for who in OWN) if answer.page]
        if opened and name not in shown:
            pages[path] = opened[0]
            shown.add(name)
    assert len(pages) > 150
    faults = looks.faults(chromium_program(), pages)
    told = " ".join(faults.pop("/seen"))
    assert "image-alt" in told and "px wide" in told, "the browser sees nothing"
    assert {path: found for path, found in faults.items() if found} == {}


# -- Django admin ----------------------------------------------------------------------------------


def admin_pages(model):
    """The pages of one model: the list, a new one, and one row with its history."""
    at = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield reverse(f"{at}_changelist")
    yield reverse(f"{at}_add")
    row = model._default_manager.first()
    if row is not None:
        yield reverse(f"{at}_change", args=[row.pk])
        yield reverse(f"{at}_history", args=[row.pk])


MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.mark.parametrize("app", sorted({model._meta.app_label for model in MODELS}))
def test_django_admin_shows_no_case_to_anybody(crawl, app):
    """Administrators see set-up, and of cases reference, state and dates. Others see nothing at all."""
    for model in [model for model in MODELS if model._meta.app_label == app]:
        pages = list(admin_pages(model))
        assert crawl.get("administrator", pages[0]).status == 200, pages[0]
        for page in pages:
            answer = crawl.get("administrator", page)
            assert answer.status in (200, 403), page
            known = {"RIVAL"} if model is User else set()  # the name of a member of staff
            assert {kind for kind in MAY_KNOW if canary(kind).lower() in answer.body} <= known, page
            assert crawl.ask("team_manager", page, "get").status in (302, 403), page


def test_django_admin_is_for_administrators_alone(crawl):
    page = reverse("admin:index")
    assert crawl.get("administrator", page).status == 200
    opened = {who for who in crawl.users if crawl.get(who, page).status == 200}
    assert opened == {"administrator"}
    assert Client().get(page).status_code == 302
