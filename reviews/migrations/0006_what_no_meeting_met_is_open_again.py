"""A review that was met by a meeting whose record is entered in error is open again, on the date it had.

Everything else that was closed stays closed.
"""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION reviews_keep_due() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A review that was owed is not forgotten' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_closed_due_stays_closed', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.state <> 'open' AND (NEW.state, NEW.closed_on, NEW.due_on) IS DISTINCT FROM (OLD.state, OLD.closed_on, OLD.due_on)
        {unless} THEN
        RAISE EXCEPTION 'A closed review stays closed' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_closed_due_stays_closed', TABLE = TG_TABLE_NAME;
    END IF;
    IF NEW.first_due_on <> OLD.first_due_on OR NEW.counted_from <> OLD.counted_from
        OR (NEW.due_on <> OLD.due_on AND NEW.policy_id = OLD.policy_id) THEN
        RAISE EXCEPTION 'The due date of a review moves only with a new policy' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_due_date_moves_only_with_policy', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
"""
# Every meeting that met it never was: its record is entered in error.
NO_MEETING_MET_IT = """
        AND NOT (OLD.state IN ('met', 'met_late') AND NEW.state = 'open' AND NEW.due_on = OLD.due_on AND EXISTS (
            SELECT 1 FROM reviews_reviewsubject s JOIN reviews_recordenteredinerror e ON e.review_id = s.review_id
            WHERE s.due_id = OLD.id AND s.outcome IN ('met', 'met_late')
        ) AND NOT EXISTS (
            SELECT 1 FROM reviews_reviewsubject s LEFT JOIN reviews_recordenteredinerror e ON e.review_id = s.review_id
            WHERE s.due_id = OLD.id AND s.outcome IN ('met', 'met_late') AND e.id IS NULL
        ))"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_records_entered_in_error")]

    operations = [
        migrations.RunSQL(KEEP.replace("{unless}", NO_MEETING_MET_IT), KEEP.replace("{unless}", ""))
    ]
