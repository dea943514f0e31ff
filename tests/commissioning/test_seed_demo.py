"""The demo data: it loads under every constraint, is the same every time, and shows what it promises."""

from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import TestCase, override_settings
from django.utils import timezone

from careplans.models import CarePlan, PlanShare, Wish
from careplans.queries import held_by
from carers.models import Carer, CarerTie, Household, SameDwelling, Stay
from commissioning.demo import load as loading
from commissioning.demo.copying import Loader, array, escaped, period
from commissioning.demo.dice import Dice, References
from commissioning.models import AvailabilitySnapshot, UnmetNeed
from people.models import (
    AccessGrant,
    Conflict,
    CopyToRecall,
    Handover,
    Involvement,
    Organisation,
    Person,
    User,
)
from people.rules import nhs_number_fault
from placements.models import Away, Match, OwedAfterDeath, Placement, Referral, ReferralScheme
from reviews.models import Review, ReviewDue, ReviewWanted
from risk.models import ChangeNoticed, Complaint, Concern, DutyOfCandour, LookAgain, Risk
from safetynet.actions import receive
from safetynet.models import Flag, RosterRow, RosterSource
from sharedlives.devstack.signins import DOMAIN, PASSWORD, SEES
from sharedlives.permissions import Role
from sharedlives.worklist.wordings import in_force

PEOPLE, SEED = 60, 7
ROSTER = Path(django_settings.BASE_DIR) / "examples" / "roster.csv"
ROLES = {
    "care.manager": Role.CARE_MANAGER,
    "reviewing.officer": Role.REVIEWING_OFFICER,
    "team.manager": Role.TEAM_MANAGER,
    "scheme.worker": Role.SCHEME_WORKER,
    "scheme.manager": Role.SCHEME_MANAGER,
    "commissioner": Role.COMMISSIONER,
    "data.officer": Role.DATA_OFFICER,
    "admin": Role.ADMINISTRATOR,
}


def sign_in(name):
    return User.objects.get(email=f"{name}@{DOMAIN}")


def today():
    return timezone.localdate()


def told(seed, day):
    dice = Dice(seed, "everything else")
    loader = Loader(loading.ORDER, dice.uuid)
    teller = loading.Storyteller(loader, dice, PEOPLE, seed, day)
    models = list(loader.writers)
    return {models[number]: lines for number, lines in teller.tell_all(range(PEOPLE))}


class DemoTests(TestCase):
    """All read the same demo: it is loaded once."""

    @classmethod
    def setUpTestData(cls):
        loading.load(people=PEOPLE, seed=SEED)

    def test_every_row_is_there_under_every_constraint_and_with_its_history(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert Person.objects.count() == PEOPLE
        for model in (Person, Stay, Placement, CarePlan, Review, ReviewDue, Involvement):
            told = model.history.filter(history_change_reason="demo data", history_type="+")
            assert set(told.values_list("id", flat=True)) >= set(
                model.objects.values_list("id", flat=True)
            ), model
        row = Person.history.select_related("history_user").first()
        assert Person.objects.filter(
            pk=row.id, search_name=row.search_name, date_of_birth=row.date_of_birth
        ).exists()

    def test_a_password_is_not_in_the_history(self):
        assert User.history.count() >= User.objects.count()
        assert "password" not in {field.name for field in User.history.model._meta.fields}

    def test_the_same_seed_gives_the_same_people_with_the_same_ids(self):
        again = told(SEED, today())
        ids = {line.split("\t", 1)[0] for line in again[Person]}
        assert ids == {str(pk) for pk in Person.objects.values_list("pk", flat=True)}
        once_more = told(SEED, today())
        for model in (Person, Involvement, Carer, Stay, Placement, Review, ReviewDue):
            assert again[model] == once_more[model], model
        assert told(SEED + 1, today())[Person] != again[Person]

    def test_who_somebody_is_does_not_hang_on_the_day(self):
        def who(lines):
            return [line.split("\t")[:9] for line in lines]

        assert who(told(SEED, today())[Person]) == who(told(SEED, today() + timedelta(days=400))[Person])

    def test_nobody_can_be_reached_and_nobody_is_meant(self):
        for model in (User, Organisation, Carer):
            emails = model.objects.exclude(email="").values_list("email", flat=True)
            assert emails, model
            assert {email.rsplit("@", 1)[1] for email in emails} == {DOMAIN}
        for person in Person.objects.exclude(nhs_number=""):
            assert person.nhs_number.startswith("999") and nhs_number_fault(person.nhs_number) == ""
        for person in Person.objects.filter(nhs_number=""):
            assert person.no_nhs_number_because
        phones = [
            p
            for model in (User, Person, Carer)
            for p in model.objects.exclude(phone="").values_list("phone", flat=True)
        ]
        assert all(phone.startswith("01632 960") for phone in phones)
        assert not [p for p in Household.objects.values_list("postcode", flat=True) if p[0] not in "QZ"]

    @override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])
    def test_every_sign_in_of_the_printed_table_works_and_has_its_role(self):
        assert set(ROLES) == set(SEES)
        assert check_password(PASSWORD, sign_in("admin").password)
        for name, role in ROLES.items():
            user = sign_in(name)
            assert user.is_active and user.password == sign_in("admin").password, name
            assert [membership.role for membership in user.current_memberships()] == [role], name

    def test_caseloads_look_right(self):
        own = Involvement.objects.current(today()).filter(worker=sign_in("care.manager"), role="funds")
        assert own.count() >= 13
        seen = Person.objects.visible_to
        assert seen(sign_in("team.manager")).count() >= seen(sign_in("care.manager")).count() >= own.count()
        assert seen(sign_in("scheme.worker")).count() >= 11
        assert seen(sign_in("commissioner")).count() == seen(sign_in("admin")).count() == 0

    def test_no_home_ever_holds_more_than_it_may(self):
        for home in Household.objects.prefetch_related("stays", "limits"):
            limit = min([row.places for row in home.limits.all()], default=3)
            stays = [stay for stay in home.stays.all() if stay.state in ("held", "booked", "found")]
            for stay in stays:
                day = stay.period.lower
                there = {
                    s.person_id
                    for s in stays
                    if s.period.lower <= day and (s.period.upper is None or day < s.period.upper)
                }
                assert len(there) <= limit

    def test_ahmad_is_there_with_everyone_of_the_guide(self):
        ahmad = Person.objects.get(given_name="Ahmad", family_name="Rahmani")
        assert ahmad in Person.objects.visible_to(sign_in("care.manager"))
        assert {"mother", "key worker at the day service", "respite carer"} <= set(
            ahmad.contacts.values_list("relation", flat=True)
        )
        assert set(ahmad.placements.values_list("kind", flat=True)) == {"live_in", "short_break"}
        first = ahmad.reviews.get()
        roles = Counter(first.participants.values_list("role", flat=True))
        assert {"person", "carer", "scheme_worker", "family", "professional", "named_person"} <= set(roles)
        assert first.subjects.count() == 4, "one meeting for all his services"
        overdue = ahmad.review_dues.open()
        assert {due.due_on for due in overdue} == {today() - timedelta(days=4)}
        assert all(due.next_stage_on for due in overdue)

    def test_one_can_start_today_and_one_is_ready_to_be_matched(self):
        ready = Placement.objects.get(
            person__family_name="Llewellyn", person__given_name="Eirlys", state="agreed"
        )
        assert ready.starts_on == today() and ready.agreements.get().state == "signed"
        share, reasons = held_by(ready.scheme, ready.person, today())
        assert share.acknowledged_at and reasons == []
        waiting = Referral.objects.get(
            person__family_name="Pinnock", person__given_name="Delroy", state="sent"
        )
        assert waiting.schemes.filter(answer="accepted").count() == 1
        assert not Match.objects.filter(referral=waiting).exists()

    def test_there_is_work_in_every_state(self):
        assert set(ReviewDue.objects.values_list("state", flat=True)) >= {"open", "met", "met_late"}
        assert ReviewDue.objects.overdue(today()).exists()
        assert {"sent", "scheduled"} <= set(Review.objects.values_list("state", flat=True))
        assert {"active", "ended"} <= set(Placement.objects.values_list("state", flat=True))
        assert {"sent", "closed"} <= set(Referral.objects.values_list("state", flat=True))
        assert len(set(ReferralScheme.objects.values_list("answer", flat=True))) >= 2
        assert PlanShare.objects.exclude(acknowledged_at=None).exists()
        assert Flag.objects.open().exists() and UnmetNeed.objects.exists()
        assert AvailabilitySnapshot.objects.values("taken_on").distinct().count() > 10

    def test_what_is_late_is_the_exception_and_yet_there(self):
        """As in a decent council: most reviews in time, some late, a few missed; most of what is open not overdue."""
        state = Counter(ReviewDue.objects.values_list("state", flat=True))
        over = state["met"] + state["met_late"] + state["missed"]
        assert state["met"] > over / 2
        assert 0 < state["met_late"] < over / 3
        assert state["missed"] < over / 10
        overdue = ReviewDue.objects.overdue(today()).count()
        assert 0 < overdue < state["open"] / 3
        flags = Counter(Flag.objects.open().values_list("kind", flat=True))
        assert 0 < flags.total() < PEOPLE
        assert len(flags) > 1

    def test_a_week_left_one_of_each_kind_behind(self):
        """What the sign-ins find waiting: concerns, changes, complaints, promises, ties, a death, a stay in hospital."""
        manager, worker = sign_in("care.manager"), sign_in("scheme.worker")
        boss = sign_in("team.manager")
        for model, hidden in ((Concern, 1), (Complaint, 1)):
            assert model.objects.visible_to(manager).open().exists(), model
            past = model.objects.visible_to(boss).filter(reach="managers")
            assert (
                past.count() == hidden
                and not model.objects.visible_to(manager).filter(reach="managers").exists()
            )
        assert Concern.objects.exclude(link=None).exists()
        answered = ChangeNoticed.objects.exclude(answered_on=None)
        assert ChangeNoticed.objects.open().exists() and answered.exists()
        assert ReviewWanted.objects.visible_to(manager).open().exists()
        assert DutyOfCandour.objects.visible_to(worker).open().exists()
        assert Risk.objects.exclude(likelihood=None).exists()
        assert CopyToRecall.objects.exists()
        assert Wish.objects.visible_to(manager).open().exists()
        assert Away.objects.visible_to(worker).open().exists()
        assert LookAgain.objects.visible_to(manager).filter(done_on=None, why="hospital").exists()
        assert Conflict.objects.exists() and CarerTie.objects.exists()
        assert AccessGrant.objects.unread().exists()
        assert SameDwelling.objects.exclude(joined_on=None).exists()
        assert OwedAfterDeath.objects.open().exists()

    def test_a_handover_waits_for_the_team_manager_and_one_mail_has_own_words(self):
        manager = User.objects.get(email="team.manager@example.org")
        row = Handover.objects.to_answer_by(manager).get()
        assert row.team != row.to
        assert in_force("handover_answered", timezone.localdate())[0] == "An answer about a handover"

    def test_the_example_list_finds_exactly_two_who_are_not_on_our_records(self):
        source = RosterSource.objects.get(slug="harbour")
        roster = receive(source=source, content=ROSTER.read_bytes(), filename=ROSTER.name, by=None)
        rows = RosterRow.objects.filter(roster=roster)
        assert rows.count() == 13
        assert set(rows.filter(state="missing").values_list("family_name", flat=True)) == {
            "Thistlethwaite",
            "Quartermaine",
        }
        assert list(rows.filter(state="possible").values_list("family_name", flat=True)) == ["Bailey"]
        assert rows.filter(state="linked").count() == 10
        supported = Involvement.objects.current(today()).filter(
            organisation=source.organisation, role="supports"
        )
        assert supported.count() == 11, "the list is a whole one: everybody whom the scheme supports is on it"

    @override_settings(TRAINING_COPY=True)
    def test_it_never_loads_among_people(self):
        with pytest.raises(CommandError, match="There are people in this database already"):
            call_command("seed_demo")
        out = StringIO()
        call_command("seed_demo", if_empty=True, stdout=out)
        assert out.getvalue() == "" and Person.objects.count() == PEOPLE


@pytest.mark.django_db
class TestCommand:
    """On an empty database."""

    @pytest.fixture
    def given(self, monkeypatch):
        """What the loader was asked for; it does not run."""
        asked = []
        where = "commissioning.management.commands.seed_demo.load"
        monkeypatch.setattr(where, lambda **facts: asked.append(facts) or 12)
        return asked

    @pytest.mark.parametrize("options", [{}, {"if_empty": True}])
    def test_it_loads_only_into_a_training_copy(self, settings, given, options):
        settings.TRAINING_COPY = False
        with pytest.raises(CommandError, match="not a training copy"):
            call_command("seed_demo", **options)
        assert given == []

    def test_unless_somebody_says_that_made_up_people_belong_there(self, settings, given):
        settings.TRAINING_COPY = False
        out = StringIO()
        call_command("seed_demo", people=50, seed=3, yes_made_up=True, stdout=out)
        assert (given[0]["people"], given[0]["seed"]) == (50, 3)
        assert "50 made-up people: 12 rows" in out.getvalue()

    def test_a_handful_would_show_nothing(self, settings, given):
        settings.TRAINING_COPY = True
        with pytest.raises(CommandError, match="40 or more"):
            call_command("seed_demo", people=5)


def test_no_text_breaks_out_of_its_column():
    assert escaped("tab\tline\nslash\\") == "tab\\tline\\nslash\\\\"
    assert array(['a "b"', "c,d"]) == '{"a \\\\"b\\\\"","c,d"}'
    assert period((None, None)) == "[,)"


def test_references_never_repeat():
    references = References("P", Dice(1))
    found = [references.new() for _ in range(20_000)]
    assert len(set(found)) == len(found) and all(len(one) == 8 for one in found)


class Watched:
    """The second connection: what it wrote is counted when it would be kept, and undone."""

    def __init__(self, monkeypatch):
        self.kept = {}
        real = connections.create_connection

        def create(alias):
            second = real(alias)
            monkeypatch.setattr(second, "commit", lambda: self.count(second))
            return second

        monkeypatch.setattr(connections, "create_connection", create)
        monkeypatch.setattr(loading, "BATCH", 40)
        monkeypatch.setattr(loading, "IN_DETAIL", 40)

    def count(self, second):
        with second.cursor() as cursor:
            for model in (Person, Involvement, Stay, ReviewDue):
                cursor.execute(f"SELECT id FROM {model.history.model._meta.db_table}")  # noqa: S608
                self.kept[model] = {pk for (pk,) in cursor.fetchall()}
        second.rollback()


@pytest.mark.django_db
def test_several_batches_with_their_histories_through_a_second_connection(monkeypatch):
    second, told_of = Watched(monkeypatch), []
    loading.load(people=100, seed=SEED, progress=told_of.append)
    assert told_of == [40, 40, 20]
    assert Person.objects.count() == 100
    for model, kept in second.kept.items():
        assert kept == set(model.objects.values_list("pk", flat=True)), model


@pytest.mark.django_db
def test_a_load_that_breaks_off_leaves_neither_rows_nor_history(monkeypatch):
    second = Watched(monkeypatch)

    def full(count):
        raise OSError("No room is left.")

    with pytest.raises(OSError, match="No room"):
        loading.load(people=100, seed=SEED, progress=full)
    assert not Person.objects.exists()
    assert second.kept == {}
