"""A complete assessment and the scheme's part of it are never changed or deleted, by nobody but the role `eraser`."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION careplans_keep_assessment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF OLD.state = 'complete' THEN
        RAISE EXCEPTION 'A complete assessment is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'careplans_complete_assessment_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION careplans_keep_part_of_assessment() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public AS $$
DECLARE
    assessments uuid[] := ARRAY[]::uuid[];
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        assessments := assessments || OLD.assessment_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        assessments := assessments || NEW.assessment_id;
    END IF;
    -- FOR SHARE waits for a completion that is under way, and then sees it
    PERFORM 1 FROM careplans_assessment WHERE id = ANY (assessments) AND state = 'complete' FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'A complete assessment is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'careplans_complete_assessment_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER careplans_keep_assessment BEFORE UPDATE OR DELETE ON careplans_assessment
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_assessment();
CREATE TRIGGER careplans_keep_part BEFORE INSERT OR UPDATE OR DELETE ON careplans_assessmentpart
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_part_of_assessment();
"""

BACKWARDS = """
DROP TRIGGER careplans_keep_part ON careplans_assessmentpart;
DROP TRIGGER careplans_keep_assessment ON careplans_assessment;
DROP FUNCTION careplans_keep_part_of_assessment();
DROP FUNCTION careplans_keep_assessment();
"""


class Migration(migrations.Migration):
    dependencies = [("careplans", "0003_assessment_in_full")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
