"""What the database itself refuses about people, teams and reminder ladders: tried by direct SQL."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from people.models import Absence, AccessGrant, Ladder, LadderStage, Restriction, RestrictionAllows

from ..careplans.test_models import assert_refused, run

pytestmark = pytest.mark.django_db
AGAIN = """INSERT INTO {0} SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid()))).*
    FROM {0} t WHERE id = %s"""


@pytest.fixture
def rows(person, council, care_manager, team_manager):
    """One row of each kind, by the name of its table."""
    now, first = timezone.now(), date(2024, 1, 1)
    restriction = Restriction.objects.create(person=person, reason="Known to a worker", since=first)
    ladder = Ladder.objects.create(council=council, deadline="reviews.review_due")
    early = LadderStage.objects.create(ladder=ladder, stage="early", offset=-7)
    LadderStage.objects.create(ladder=ladder, stage="late", offset=7)
    return {
        "people_person": person,
        "people_accessgrant": AccessGrant.objects.create(
            person=person, user=care_manager, reason="Fire", opened_at=now, ends_at=now + timedelta(hours=1)
        ),
        "people_membership": care_manager.memberships.get(),
        "people_absence": Absence.objects.create(
            user=care_manager, cover=team_manager, since=first, until=first
        ),
        "people_restriction": restriction,
        "people_restrictionallows": RestrictionAllows.objects.create(
            restriction=restriction, user=care_manager
        ),
        "people_involvement": person.involvements.get(role="funds"),
        "people_ladder": ladder,
        "people_ladderstage": early,
    }


@pytest.mark.parametrize(
    ("constraint", "table", "change"),
    [
        ("people_nhs_number_ten_digits", "people_person", "nhs_number = '123'"),
        ("people_death_not_before_birth", "people_person", "date_of_death = date_of_birth - 1"),
        ("people_grant_has_a_reason", "people_accessgrant", "reason = ''"),
        ("people_grant_ends_after_it_opens", "people_accessgrant", "ends_at = opened_at"),
        ("people_membership_dates_in_order", "people_membership", "until = since - 1"),
        ("people_absence_dates_in_order", "people_absence", "until = since - 1"),
        ("people_absence_covered_by_another", "people_absence", "cover_id = user_id"),
        ("people_involvement_dates_in_order", "people_involvement", "until = since - 1"),
        ("people_review_holder_is_named_and_ends", "people_involvement", "role = 'holds_review'"),
        ("people_stage_within_a_year", "people_ladderstage", '"offset" = 366'),
        ("people_stage_once_per_ladder", "people_ladderstage", "stage = 'late'"),
        ("people_one_stage_per_day", "people_ladderstage", '"offset" = 7'),
    ],
)
def test_direct_sql_cannot_write_what_is_not_so(rows, constraint, table, change):
    assert_refused(constraint, lambda: run(f"UPDATE {table} SET {change} WHERE id = %s", rows[table].pk))


@pytest.mark.parametrize(
    ("constraint", "table"),
    [
        ("people_one_open_membership_per_role", "people_membership"),
        ("people_restriction_allows_once", "people_restrictionallows"),
        ("people_one_open_restriction_per_person", "people_restriction"),
        ("people_one_ladder_per_deadline", "people_ladder"),
        ("people_one_funding_team_at_a_time", "people_involvement"),
    ],
)
def test_direct_sql_cannot_write_a_second_one(rows, constraint, table):
    assert_refused(constraint, lambda: run(AGAIN.format(table), rows[table].pk))
