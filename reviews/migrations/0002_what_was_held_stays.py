"""Due dates stay, closed dues stay closed, held records stay; a reviewing officer only with a named person.

The named-person trigger waits for the end of the transaction, so that the meeting and those present may be written
in any order. The role `eraser` is exempt from what keeps records: retention ends there.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION reviews_keep_due() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A review that was owed is not forgotten' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_closed_due_stays_closed', TABLE = TG_TABLE_NAME;
    END IF;
    IF OLD.state <> 'open' AND (NEW.state, NEW.closed_on, NEW.due_on) IS DISTINCT FROM (OLD.state, OLD.closed_on, OLD.due_on) THEN
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

CREATE FUNCTION reviews_keep_record() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    machinery text[] := ARRAY['state', 'sent_on', 'version'];
BEGIN
    IF current_user = 'eraser' OR OLD.state NOT IN ('held', 'sent') THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR NEW.state NOT IN ('held', 'sent')
        OR to_jsonb(NEW) - machinery IS DISTINCT FROM to_jsonb(OLD) - machinery THEN
        RAISE EXCEPTION 'The record of a held review is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_held_record_is_never_changed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION reviews_keep_part_of_record() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    meetings uuid[] := ARRAY[]::uuid[];
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        meetings := meetings || OLD.review_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        meetings := meetings || NEW.review_id;
    END IF;
    -- FOR SHARE waits for a holding that is under way, and then sees it
    PERFORM 1 FROM reviews_review WHERE id = ANY (meetings) AND state IN ('held', 'sent') FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'The record of a held review is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_held_record_is_never_changed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION reviews_keep_who_was_there() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    machinery text[] := ARRAY['format', 'user_id', 'organisation_id', 'version'];
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - machinery IS NOT DISTINCT FROM to_jsonb(OLD) - machinery THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM reviews_review WHERE id = COALESCE(OLD.review_id, NEW.review_id) AND state IN ('held', 'sent') FOR SHARE;
    IF FOUND AND (TG_OP <> 'INSERT' OR NEW.attended) THEN
        RAISE EXCEPTION 'Who was at a review stays as recorded' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_held_record_is_never_changed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION reviews_keep_promise() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'eraser' AND (TG_OP = 'DELETE'
        OR (NEW.words, NEW.due_on, NEW.review_id) IS DISTINCT FROM (OLD.words, OLD.due_on, OLD.review_id)) THEN
        RAISE EXCEPTION 'What was agreed at a review stays as agreed' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_held_record_is_never_changed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION reviews_check_named_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    meeting uuid;
BEGIN
    IF TG_TABLE_NAME = 'reviews_review' THEN
        meeting := NEW.id;
    ELSE
        meeting := COALESCE(OLD.review_id, NEW.review_id);
    END IF;
    IF EXISTS (
        SELECT 1 FROM reviews_review r WHERE r.id = meeting AND r.state IN ('held', 'sent')
            AND r.reviewer_role = 'reviewing_officer' AND r.advocate_refused = ''
            AND NOT EXISTS (
                SELECT 1 FROM reviews_participant p LEFT JOIN people_personalcontact c ON c.id = p.contact_id
                WHERE p.review_id = r.id AND p.attended AND p.role IN ('named_person', 'advocate')
                    AND COALESCE(c.tie, 'none') = 'none'
            )
    ) THEN
        RAISE EXCEPTION 'A reviewing officer only with a named person' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_named_person_with_a_reviewing_officer', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER reviews_keep_due BEFORE UPDATE OR DELETE ON reviews_reviewdue
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_due();
CREATE TRIGGER reviews_keep_record BEFORE UPDATE OR DELETE ON reviews_review
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_record();
CREATE TRIGGER reviews_keep_outcomes BEFORE INSERT OR UPDATE OR DELETE ON reviews_outcomerating
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_part_of_record();
CREATE TRIGGER reviews_keep_requirements BEFORE INSERT OR UPDATE OR DELETE ON reviews_requirementrating
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_part_of_record();
CREATE TRIGGER reviews_keep_incidents BEFORE INSERT OR UPDATE OR DELETE ON reviews_incidentconsidered
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_part_of_record();
CREATE TRIGGER reviews_keep_accounts BEFORE INSERT OR UPDATE OR DELETE ON reviews_actionaccount
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_part_of_record();
CREATE TRIGGER reviews_keep_who_was_there BEFORE INSERT OR UPDATE OR DELETE ON reviews_participant
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_who_was_there();
CREATE TRIGGER reviews_keep_promise BEFORE UPDATE OR DELETE ON reviews_reviewaction
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_promise();
CREATE CONSTRAINT TRIGGER reviews_named_person AFTER INSERT OR UPDATE ON reviews_review
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state IN ('held', 'sent') AND NEW.reviewer_role = 'reviewing_officer')
    EXECUTE FUNCTION reviews_check_named_person();
CREATE CONSTRAINT TRIGGER reviews_named_person_there AFTER UPDATE OR DELETE ON reviews_participant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION reviews_check_named_person();
"""

LET_GO = """
DROP TRIGGER reviews_named_person_there ON reviews_participant;
DROP TRIGGER reviews_named_person ON reviews_review;
DROP TRIGGER reviews_keep_promise ON reviews_reviewaction;
DROP TRIGGER reviews_keep_who_was_there ON reviews_participant;
DROP TRIGGER reviews_keep_accounts ON reviews_actionaccount;
DROP TRIGGER reviews_keep_incidents ON reviews_incidentconsidered;
DROP TRIGGER reviews_keep_requirements ON reviews_requirementrating;
DROP TRIGGER reviews_keep_outcomes ON reviews_outcomerating;
DROP TRIGGER reviews_keep_record ON reviews_review;
DROP TRIGGER reviews_keep_due ON reviews_reviewdue;
DROP FUNCTION reviews_check_named_person();
DROP FUNCTION reviews_keep_promise();
DROP FUNCTION reviews_keep_who_was_there();
DROP FUNCTION reviews_keep_part_of_record();
DROP FUNCTION reviews_keep_record();
DROP FUNCTION reviews_keep_due();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, reverse_sql=LET_GO)]
