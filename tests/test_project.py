"""Promises about the whole codebase rather than one feature."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import models

from sharedlives import moments, rules
from sharedlives.admin import SetUpAdmin
from sharedlives.permissions import GRANTS, Permission, Role

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    ["records", "worklist", "documents", "bringin", "sharedlives"],
    ["people"],
    ["library"],
    ["carers", "careplans"],
    ["risk"],
    ["placements"],
    ["reviews"],
    ["safetynet"],
    ["commissioning"],
]
FLOOR = {app: number for number, floor in enumerate(FLOORS) for app in floor}
SIDE_BY_SIDE = {("carers", "careplans"), ("careplans", "carers")}
APPS = [app for floor in FLOORS[1:] for app in floor]
OURS = [
    m for m in apps.get_models() if m._meta.app_label in FLOOR and not m.__name__.startswith("Historical")
]

# Without history, each for a reason: rows that only grow, rows of the machine, and typed text that is not yet a record.
NO_HISTORY = {
    "records.AccessLogEntry": "only grows; the database refuses changes",
    "documents.IssuedDocument": "the bytes that were sent; never changed",
    "records.FormKey": "a one-time key",
    "records.Draft": "not yet a record; its owner's alone",
    "records.ParkedPost": "not yet a record; its owner's alone",
    "bringin.BringInRow": "what came is kept beside what was mended; the records that it became keep theirs",
    "people.AccessEntry": "put together for a copy, cleared once that is handed over",
    "carers.CarerCopyEntry": "put together for a copy, cleared once that is handed over",
    "people.NameWord": "a list of words, kept by a trigger; says nothing of anybody",
    "worklist.Reminder": "written once",
    "worklist.ReminderCopy": "written once",
    "worklist.Mail": "the outbox: state of the machine",
    "worklist.JobRun": "state of the machine",
    "commissioning.PlacesCount": "state of the machine; the next count replaces it",
    "commissioning.CountedPlaces": "state of the machine; the next count replaces it",
}
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "aget_or_create",
    "asave",
    "bulk_create_with_history",
    "bulk_update_with_history",
}
NOT_A_ROW = {
    "data",
    "context",
    "dict",
    "fields",
    "initial",
    "hashlib",
    "digest",
    "pixels",
    "request.session",
    "query",
    "params",
}


def sources():
    for folder in ["sharedlives", *APPS]:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path


def may_write(path):
    parts = path.relative_to(ROOT).parts
    return (
        "migrations" in parts
        or path.name == "actions.py"
        or "actions" in parts
        or "devstack" in parts
        or path.name.startswith("seed_")
        or "demo" in parts
    )


def writes_in(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            owner = ast.unparse(node.func.value)
            if (
                owner.split(".")[-1] in NOT_A_ROW
                or owner in NOT_A_ROW
                or node.func.attr == "update"
                and is_dict(owner)
            ):
                continue
            yield f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)[:60]}"


def is_dict(owner):
    return owner.endswith(
        ("context", "_shown", "facts", "kwargs", "counts", "totals", "_supplied", "attrs", "hash")
    )


def test_only_actions_write():
    allowed = {"sharedlives/admin.py"}  # Django admin's own formsets, recorded with who and why
    found = [w for path in sources() if not may_write(path) for w in writes_in(path)]
    assert [w for w in found if w.split(":")[0] not in allowed] == []


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_model_keeps_history_or_says_why_not(model):
    assert hasattr(model, "history") or model._meta.label in NO_HISTORY


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_field_is_classified_for_privacy(model):
    privacy = model.Privacy
    listed = [*privacy.ordinary, *privacy.personal, *privacy.special]
    fields = {f.name for f in model._meta.get_fields() if f.concrete and not f.auto_created or f.name == "id"}
    own = {f.name for f in model._meta.concrete_fields} | {f.name for f in model._meta.many_to_many}
    assert sorted(listed) == sorted(set(listed)), "a field is listed twice"
    assert set(listed) == own, (
        f"not classified: {own - set(listed)}; unknown: {set(listed) - own} ({len(fields)})"
    )


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_keys_point_to_the_same_floor_or_below(model):
    here = model._meta.app_label
    for field in model._meta.concrete_fields:
        target = field.related_model
        if target is None or target._meta.label == "people.User":
            continue
        there = target._meta.app_label
        assert there in FLOOR, f"{field} points out of the house"
        assert FLOOR[there] <= FLOOR[here], f"{field} points up"
        assert (here, there) not in SIDE_BY_SIDE, f"{field} points to the neighbour"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_constraints_are_named_for_their_app(model):
    for constraint in model._meta.constraints:
        assert constraint.name.startswith(f"{model._meta.app_label}_"), constraint.name


@pytest.mark.django_db
def test_no_missing_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named():
    for app in [
        *APPS,
        "sharedlives/records",
        "sharedlives/worklist",
        "sharedlives/documents",
        "sharedlives/bringin",
    ]:
        for path in (ROOT / app / "migrations").glob("0*.py"):
            assert "_auto_" not in path.name, path


def marked(marker):
    """Every first argument of `@pytest.mark.<marker>(…)` in the tests."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(f"mark.{marker}"):
                yield from (ast.literal_eval(argument) for argument in node.args)


def test_every_rule_has_a_test():
    assert set(rules.REGISTRY) - set(marked("rule")) == set()
    assert set(marked("rule")) <= set(rules.REGISTRY), "a test names a rule that does not exist"


def test_every_moment_is_followed_and_each_follower_tested():
    tested = set(marked("follower"))
    for moment in moments.REGISTRY.values():
        assert moment.followers, f"nobody follows {moment.name}"
        for follower in moment.followers:
            assert f"{follower.__module__}.{follower.__name__}" in tested, f"{moment.name}: {follower}"


def test_every_rule_names_its_source():
    for rule in rules.REGISTRY.values():
        assert rule.source and rule.says


def test_every_permission_is_held_by_somebody_and_every_role_holds_something():
    held = set().union(*GRANTS.values())
    assert set(Permission) - held == set()
    assert set(GRANTS) == set(Role)


# Rows by which something of a person leaves: whoever writes one first asks whether the person objects.
LEAVES = {
    "people.LegalFactShare",
    "careplans.PlanShare",
    "careplans.ShareOwed",
    "risk.RiskCopy",
    "placements.ReferralScheme",
    "placements.Match",
    "reviews.RecordCopy",
}
STAYS = {
    "people.SharingDecision": "it is what the person said",
    "careplans.Assessment": "the scheme's own part",
    "careplans.AssessmentPart": "the scheme's own part",
    "risk.ResponsibilityAgreement": "who answers for what: no case text, and begun by either side",
    "carers.HouseholdScheme": "a home, no person",
    "placements.Placement": "what is; its gates ask for a plan that was shared",
    "commissioning.AvailabilitySnapshot": "counts",
    "commissioning.CountedPlaces": "counts",
}
ASKS = ("refuse_objected", "sharing_allowed", "may_share_with", "profile_allowed", "objected_to")


def test_everything_that_leaves_asks_whether_the_person_objects():
    with_scheme = {m._meta.label for m in OURS if any(field.name == "scheme" for field in m._meta.fields)}
    assert with_scheme <= LEAVES | set(STAYS), "does something of a person leave by it? Say so here"
    writing, silent = set(), []
    for path in sources():
        tree = ast.parse(path.read_text())
        names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        made = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        made &= {label.split(".")[1] for label in LEAVES}
        if "actions" in path.parts and made:
            writing |= made
            silent += [] if names & set(ASKS) else [f"{path}: {made}"]
    assert not silent
    assert writing == {label.split(".")[1] for label in LEAVES}


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("people/models/about.py", "objected_to"),
        ("placements/views/matches.py", "profile_allowed"),
        ("reviews/actions/guests.py", "refuse_objected"),
    ],
)
def test_what_is_read_in_place_asks_too(path, asked):
    assert asked in (ROOT / path).read_text()


def test_no_signals_and_no_save_overrides():
    for path in sources():
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == "save" and "models" in str(path):
                pytest.fail(f"save() override in {path}")
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".connect", "receiver")):
                owner = ast.unparse(node.func)
                assert "signal" not in owner and "receiver" not in owner, f"{path}: {owner}"


# -- How big anything may be -------------------------------------------------------------------------

LINES = {"file": 500, "class": 250, "function": 60, "view": 25, "template": 150}


def of_ours():
    yield from (
        path for path in sources() if "migrations" not in path.parts
    )  # makemigrations writes as it likes
    yield from sorted((ROOT / "tests").rglob("*.py"))


def sizes():
    """(what, where, lines) of every file, class, function, view and template."""
    for path in of_ours():
        text, where = path.read_text(), str(path.relative_to(ROOT))
        yield "file", where, len(text.splitlines())
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                is_view = {path.name, path.parent.name} & {"views.py", "views"} and asks_for_request(node)
                kind = "class" if isinstance(node, ast.ClassDef) else "view" if is_view else "function"
                yield kind, f"{where}: {node.name}", node.end_lineno - node.lineno + 1
    for path in sorted((ROOT / "templates").rglob("*.*")):
        yield "template", str(path.relative_to(ROOT)), len(path.read_text().splitlines())


def asks_for_request(node):
    return isinstance(node, ast.FunctionDef) and [argument.arg for argument in node.args.args][:1] == [
        "request"
    ]


def test_nothing_outgrows_its_budget():
    """A room that outgrows its file becomes a folder of the same name."""
    assert [(what, where, lines) for what, where, lines in sizes() if lines > LINES[what]] == []


# -- Who reads without asking who may see ------------------------------------------------------------

PAGES = {"views", "forms", "queries", "panels", "timeline"}
SCOPED = {
    "visible_to",
    "masked_for",
    "permissions_for",
    "read_by",
    "seen_whole_by",
    "own_answers",
    "registered_for",
    "to_decide",
    "none",
    "model",
}
UNSCOPED = {
    "careplans/queries.py": (
        {"Assessment", "CarePlan", "PersonalBudget", "PlanShare"},
        "asked by the gates and by actions, which decide whatever the user may read",
    ),
    "careplans/views/assessment.py": (
        {"Assessment"},
        "joint assessments that ask this scheme; held against visible persons in the next line",
    ),
    "careplans/views/package.py": (
        {"Service"},
        "only leads from a service to its plan, which is asked for as visible",
    ),
    "careplans/views/plan.py": (
        {"Assessment"},
        "joint assessments that ask this scheme, of a person who was let through",
    ),
    "careplans/views/support.py": ({"SupportPlan"}, "whether the own scheme has a version already"),
    "careplans/views/wishes.py": ({"Service"}, "those just found among visible persons"),
    "carers/forms/homes.py": ({"Household"}, "the same dwelling at another scheme: postcode alone, by rule"),
    "carers/forms/panel.py": ({"PanelMeeting"}, "the own scheme's meetings"),
    "carers/queries/apart.py": (
        {"KeptApart", "Person", "Stay"},
        "who would meet in a home counts whoever asks; the answer is a day, a verdict or a gap, and names nobody",
    ),
    "carers/queries/applications.py": ({"Requirement", "Training"}, "of an application that was let through"),
    "carers/queries/occupancy.py": (
        {"Stay"},
        "who counts in a home counts whoever looks: places are true for all",
    ),
    "carers/queries/readiness.py": (
        {"Requirement", "Suspension"},
        "what has lapsed, or is suspended, closes a gate, whoever asks",
    ),
    "commissioning/queries.py": (
        {"Approval", "Carer", "Stay", "Training"},
        "counts of places, never persons",
    ),
    "people/forms/conflicts.py": (
        {"Person"},
        "the reference of a record that is closed to whoever is too close: declared, not shown",
    ),
    "people/queries.py": (
        {"LegalFact", "SharingDecision"},
        "asked by the floors above about a person whom they let through",
    ),
    "people/views/access.py": ({"Person"}, "the door of emergency access, and whether it is one"),
    "people/views/handovers.py": ({"Handover"}, "of a person who was let through"),
    "people/views/teams.py": (
        {"OrganisationChange"},
        "changes of teams, for administrators; no person in them",
    ),
    "people/views/why.py": ({"AccessGrant", "Person"}, "whether another user may see: yes or no, no name"),
    "people/views/workers.py": (
        {"ContactNote"},
        "dates of visits to persons of the own caseload; counts of five or more",
    ),
    "placements/forms/stopping.py": (
        {"Carer"},
        "who else is a carer in the home of a person who was let through",
    ),
    "placements/queries/around.py": ({"Assessment", "Referral"}, "of a person who was let through"),
    "carers/views/stand_in.py": ({"PlanB"}, "of a home that was let through"),
    "placements/queries/calendar.py": (
        {"Stay"},
        "of a home of the user's own schemes; who is not theirs has no name",
    ),
    "placements/queries/cover.py": (
        {"PlanB", "Stay"},
        "of a home of the user's own schemes; who is not theirs is counted",
    ),
    "placements/queries/gate.py": (
        {"Approval", "Assessment", "LegalFact", "PlacementAgreement", "RiskAssessment", "Stay", "Training"},
        "a gate stands or falls by what there is, whoever looks; told in words without names",
    ),
    "placements/queries/homes.py": (
        {"Approval", "Carer", "Household", "Placement", "SharingDecision", "Stay", "Training"},
        "who lives in a home is counted and masked, never named",
    ),
    "placements/queries/rest.py": (
        {"Placement", "PlanShare"},
        "nights of a home that was let through; plans of the own schemes; others counted without a name",
    ),
    "placements/queries/verdicts.py": (
        {"Approval", "Carer", "Training"},
        "every home of the schemes asked, held against each need",
    ),
    "placements/queries/week.py": ({"Availability", "Carer"}, "of a person who was let through"),
    "placements/views/matches.py": ({"AnswerOwed"}, "days beside rows that are visible"),
    "placements/views/referrals.py": ({"AnswerOwed"}, "days beside rows that are visible"),
    "reviews/queries.py": (
        {"CarePlan", "Placement", "PlacementAgreement", "Review", "ReviewAction", "ReviewDue"},
        "what a review has to answer, and what there is to be reviewed",
    ),
    "reviews/views/dues.py": ({"ReviewDue"}, "made visible in the next line"),
    "risk/queries.py": (
        {
            "Carer",
            "Incident",
            "IncidentPerson",
            "LegalFact",
            "Person",
            "ResponsibilityAgreement",
            "RiskAssessment",
            "Stay",
        },
        "asked by the gates and by the floors above",
    ),
    "sharedlives/bringin/queries.py": ({"BringInRow"}, "rows of a file that was let through"),
    "sharedlives/bringin/views.py": ({"BringInRow"}, "rows of a file that was let through"),
}


def unscoped_reads():
    """{(module, model)}: rows that have a `visible_to`, read for a page without it."""
    guarded = {model.__name__ for model in OURS if hasattr(model._default_manager, "visible_to")}
    for path in sources():
        rooms = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
        if rooms & PAGES and "migrations" not in rooms:
            for model, asked in reads_in(ast.parse(path.read_text())):
                if model in guarded and not asked & SCOPED:
                    yield str(path.relative_to(ROOT)), model


def reads_in(tree):
    """(name of the model, methods called on it) of every `Model.objects.…` of a module."""
    over = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            asked, at = set(), node
            while (
                isinstance(over[at], ast.Attribute) or isinstance(over[at], ast.Call) and over[at].func is at
            ):
                at = over[at]
                asked |= {at.attr} if isinstance(at, ast.Attribute) else set()
            yield node.value.id, asked


def test_what_is_read_without_asking_who_may_see_is_listed():
    found = {}
    for path, model in unscoped_reads():
        found.setdefault(path, set()).add(model)
    assert found == {path: models for path, (models, _why) in UNSCOPED.items()}


SET_UP = [page for page in admin.site._registry.values() if isinstance(page, SetUpAdmin)]


@pytest.mark.parametrize("page", SET_UP, ids=lambda page: page.model._meta.label)
def test_what_an_administrator_owns_can_be_searched_and_narrowed(page):
    assert page.search_fields
    assert page.list_filter


def test_no_message_to_the_broker_from_the_web():
    for path in sources():
        if path.name in ("views.py", "actions.py", "forms.py") or {"views", "actions"} & set(path.parts):
            assert ".delay(" not in path.read_text() and ".apply_async(" not in path.read_text(), path


def test_every_model_has_a_primary_key_that_tells_nothing():
    no_address = {"people.NameWord"}  # a word is its own key; no page names one
    for model in OURS:
        if model._meta.app_label in APPS and model._meta.label not in no_address:
            assert isinstance(model._meta.pk, (models.UUIDField, models.OneToOneField)), model
