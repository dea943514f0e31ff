"""Every named constraint of every model is seen to refuse by direct SQL, here or where the rows it is about are made.

Here: on an empty copy of its table that bears the constraint itself, as the migrations made it, and nothing else. So a
case names only the columns that matter; a row that is in order goes in first.
"""

import json
import re
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from .test_project import OURS, ROOT

pytestmark = pytest.mark.django_db
ONE, TWO = (str(UUID(int=n)) for n in (1, 2))
FIRST, NEXT = "2026-01-01", "2026-01-02"
PERIOD = "[2026-01-01,2026-02-01)"

# constraint: (what is in order, what is refused after it). Twice the same where there may be only one.
CASES = {
    "records_one_draft": [{"user_id": ONE, "form": "f", "object_id": ONE}] * 2,
    "worklist_reminder_once": [{"deadline": "d", "object_id": ONE, "due_on": FIRST, "stage": "late"}] * 2,
    "worklist_reminder_skipped_with_reason": [
        {"state": "sent", "why_skipped": ""},
        {"state": "skipped", "why_skipped": ""},
    ],
    "worklist_copy_once": [{"reminder_id": 1, "recipient_id": ONE}] * 2,
    "people_asked_again_in_month_to_two_years": [{"communication_days": 28}, {"communication_days": 27}],
    "people_youngest_age_16_to_65": [{"age_from": 16}, {"age_from": 15}],
    "people_one_open_handover_per_person": [{"state": "asked", "person_id": ONE}] * 2,
    "people_one_open_change_per_team": [{"state": "asked", "team_id": ONE}] * 2,
    "carers_scheme_attached_once": [{"household_id": ONE, "scheme_id": ONE}] * 2,
    "carers_scheme_link_dates_in_order": [{"since": FIRST, "until": FIRST}, {"since": NEXT, "until": FIRST}],
    "carers_member_dates_in_order": [{"since": FIRST, "until": FIRST}, {"since": NEXT, "until": FIRST}],
    "carers_member_birth_is_a_month": [{"born_in": FIRST}, {"born_in": NEXT}],
    "carers_limit_period_not_empty": [{"period": PERIOD}, {"period": "empty"}],
    "carers_closure_one_to_three": [{"places": 3}, {"places": 4}],
    "carers_closure_begins_on_a_day": [{"period": PERIOD}, {"period": "(,2026-02-01)"}],
    "carers_approval_for_something": [{"kinds": ["live_in"]}, {"kinds": []}],
    "carers_approval_dates_in_order": [{"since": FIRST, "until": FIRST}, {"since": NEXT, "until": FIRST}],
    "carers_training_once_a_day": [{"carer_id": ONE, "course_id": ONE, "done_on": FIRST}] * 2,
    "carers_training_dates_in_order": [
        {"done_on": FIRST, "expires_on": NEXT},
        {"done_on": FIRST, "expires_on": FIRST},
    ],
    "carers_one_open_tie_to_a_person": [{"carer_id": ONE, "person_id": ONE}] * 2,
    "carers_one_open_tie_to_a_user": [{"carer_id": ONE, "user_id": ONE}] * 2,
    "carers_one_open_application": [{"state": "open", "household_id": ONE}] * 2,
    "carers_one_panel_a_day": [{"organisation_id": ONE, "on": FIRST}] * 2,
    "carers_decided_once_a_meeting": [{"meeting_id": ONE, "application_id": ONE}] * 2,
    "careplans_short_budget_says_of_what": [
        {"sufficient": "no", "short_because": "Transport"},
        {"sufficient": "no", "short_because": ""},
    ],
    "careplans_direct_payment_within_budget": [
        {"direct_payment_pounds": 9, "weekly_pounds": 9, "paid_to": "Them"},
        {"direct_payment_pounds": 10, "weekly_pounds": 9, "paid_to": "Them"},
    ],
    "careplans_service_dates_in_order": [{"since": FIRST, "until": NEXT}, {"since": FIRST, "until": FIRST}],
    "careplans_service_times_with_days": [
        {"weekdays": [1], "starts_at": "09:00", "ends_at": "15:00"},
        {"weekdays": [], "starts_at": "09:00", "ends_at": "15:00"},
    ],
    "careplans_service_figures_sensible": [{"hours_a_week": 168}, {"hours_a_week": 169}],
    "risk_one_public_link": [{"made_for": "public", "council_id": ONE}] * 2,
    "placements_information_once": [{"referral_id": ONE, "item": "risk"}] * 2,
    "placements_referral_once_to_a_scheme": [{"referral_id": ONE, "scheme_id": ONE}] * 2,
    "placements_carer_proposed_once": [
        {"state": "proposed", "referral_id": ONE, "carer_id": ONE, "kind": "live_in"}
    ]
    * 2,
    "placements_gate_answered_once": [{"placement_id": ONE, "gate": "plan"}] * 2,
    "placements_owed_once": [{"placement_id": ONE, "what": "plan"}] * 2,
    "placements_agreement_number_once": [{"placement_id": ONE, "number": 1}] * 2,
    "placements_requirement_number_once": [{"agreement_id": ONE, "number": 1}] * 2,
    "placements_requirement_says_what": [{"words": "Cook"}, {"words": ""}],
    "placements_party_signs_once": [{"agreement_id": ONE, "party": "carer"}] * 2,
    "placements_agreement_not_its_own_successor": [
        {"old_id": ONE, "new_id": TWO},
        {"old_id": ONE, "new_id": ONE},
    ],
    "reviews_subject_once_per_meeting": [{"review_id": ONE, "due_id": ONE}] * 2,
    "reviews_participant_once": [{"review_id": ONE, "name": "Kim", "role": "friend"}] * 2,
    "reviews_outcome_rated_once": [{"review_id": ONE, "outcome_id": ONE}] * 2,
    "reviews_requirement_rated_once": [{"review_id": ONE, "requirement_id": ONE}] * 2,
    "reviews_incident_considered_once": [{"review_id": ONE, "incident_id": ONE}] * 2,
    "reviews_incident_considered_in_words": [{"words": "Seen"}, {"words": ""}],
    "reviews_sent_record_reminds_nobody": [{"sent_on": FIRST}, {"sent_on": FIRST, "next_stage_on": NEXT}],
    "reviews_remark_in_words": [{"words": "The day is wrong"}, {"words": ""}],
    "reviews_remark_goes_out_after_it_is_said": [
        {"said_on": NEXT, "copied_on": NEXT},
        {"said_on": NEXT, "copied_on": FIRST},
    ],
    "reviews_one_row_a_copy": [{"document_id": ONE}] * 2,
    "reviews_action_accounted_once": [{"review_id": ONE, "action_id": ONE}] * 2,
    "reviews_given_up_says_why": [
        {"standing": "gave_up", "words": "Closed"},
        {"standing": "gave_up", "words": ""},
    ],
    "safetynet_same_file_once": [{"source_id": ONE, "sha256": "aa"}] * 2,
    "safetynet_one_newest_list": [{"source_id": ONE}] * 2,
    "safetynet_refused_rows_are_rows": [
        {"refused_count": 2, "row_count": 2},
        {"refused_count": 3, "row_count": 2},
    ],
    "safetynet_row_once": [{"roster_id": ONE, "number": 1}] * 2,
    "safetynet_refused_row_says_why": [
        {"state": "refused", "why_refused": "No name"},
        {"state": "refused", "why_refused": ""},
    ],
    "safetynet_row_can_be_known_again": [
        {"state": "linked", "fingerprint": "ab"},
        {"state": "linked", "fingerprint": ""},
    ],
    "safetynet_other_reason_in_words": [
        {"closed_because": "other", "closed_words": "Left"},
        {"closed_because": "other", "closed_words": ""},
    ],
    **{
        f"safetynet_open_flag_once_per_{subject}": [
            {"kind": "gap", "code": "c", f"{subject}_id": ONE, "other_person_id": ONE}
        ]
        * 2
        for subject in ("carer", "placement", "roster_row", "household")
    },
    "safetynet_row_and_person_once": [{"row_id": ONE, "person_id": ONE}] * 2,
    "safetynet_link_names_a_person": [
        {"verdict": "same", "person_id": ONE},
        {"verdict": "not_on_our_records", "person_id": ONE},
    ],
    "safetynet_undone_says_why": [
        {"undone_because": ""},
        {"at": FIRST, "undone_at": NEXT, "undone_because": ""},
    ],
    "safetynet_not_same_as_one_other": [
        {"fingerprint": "", "other_id": ONE},
        {"fingerprint": "ab", "other_id": ONE, "source_id": ONE},
    ],
    "safetynet_not_same_pair_in_order": [
        {"person_id": ONE, "other_id": TWO},
        {"person_id": TWO, "other_id": ONE},
    ],
    "safetynet_not_same_pair_once": [{"person_id": ONE, "other_id": TWO}] * 2,
    "safetynet_not_same_row_once": [{"person_id": ONE, "source_id": ONE, "fingerprint": "ab"}] * 2,
    "commissioning_one_snapshot_a_day": [
        {"taken_on": FIRST, "scheme_id": ONE, "council_id": ONE, "kind": "live_in"}
    ]
    * 2,
    "commissioning_need_says_what_was_missing": [
        {"categories": ["steps"], "kinds": ["live_in"]},
        {"categories": [], "kinds": ["live_in"]},
    ],
    "commissioning_limits_that_protect": [
        {"nearest": 5, "withhold_up_to": 4},
        {"nearest": 5, "withhold_up_to": 3},
    ],
    **{
        f"carers_one_{day}_at_a_time": [
            {"person_id": ONE, "period": PERIOD, "weekdays": 1 << number, "claim": "day", "state": "booked"}
        ]
        * 2
        for number, day in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        )
    },
}


def by_name():
    return {c.name: model for model in OURS for c in model._meta.constraints}


@pytest.fixture
def copy_with():
    """Makes the empty copy of a constraint's table: its columns, that one constraint, no other."""

    def make(name):
        table = by_name()[name]._meta.db_table
        with connection.cursor() as sql:
            sql.execute(f"CREATE TEMP TABLE copied ON COMMIT DROP AS SELECT * FROM {table} WITH NO DATA")
            sql.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass",
                [name, table],
            )
            found = sql.fetchone()
            if found:
                sql.execute(f"ALTER TABLE copied ADD CONSTRAINT {name} {found[0]}")
                return
            sql.execute(
                "SELECT indexdef FROM pg_indexes WHERE indexname = %s AND tablename = %s", [name, table]
            )
            sql.execute(re.sub(r" ON \S+ USING", " ON copied USING", sql.fetchone()[0]))

    return make


def put_in(row):
    with connection.cursor() as sql:
        sql.execute(
            "INSERT INTO copied SELECT * FROM jsonb_populate_record(NULL::copied, %s)", [json.dumps(row)]
        )


@pytest.mark.parametrize("name", CASES)
def test_direct_sql_is_refused(copy_with, name):
    in_order, wrong = CASES[name]
    copy_with(name)
    put_in(in_order)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        put_in(wrong)
    assert refusal.value.__cause__.diag.constraint_name == name


def test_every_constraint_is_seen_to_refuse():
    named = {word for path in (ROOT / "tests").rglob("*.py") for word in re.findall(r"\w+", path.read_text())}
    unseen = sorted(set(by_name()) - named - set(CASES))
    assert not unseen, "provoke each in a test that names it; the shortest way stands in this file"
