"""A support plan in use, and its steps, are never changed or deleted, by nobody but the role `eraser`."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION careplans_keep_support() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF OLD.state = 'in_use' THEN
        RAISE EXCEPTION 'A support plan in use is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'careplans_support_in_use_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION careplans_keep_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    plans uuid[] := ARRAY[]::uuid[];
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        plans := plans || OLD.plan_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        plans := plans || NEW.plan_id;
    END IF;
    -- FOR SHARE waits for a version that is just coming into use, and then sees it
    PERFORM 1 FROM careplans_supportplan WHERE id = ANY (plans) AND state = 'in_use' FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'A support plan in use is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'careplans_support_in_use_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER careplans_keep_support BEFORE UPDATE OR DELETE ON careplans_supportplan
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_support();
CREATE TRIGGER careplans_keep_step BEFORE INSERT OR UPDATE OR DELETE ON careplans_supportstep
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_step();
"""

BACKWARDS = """
DROP TRIGGER careplans_keep_step ON careplans_supportstep;
DROP TRIGGER careplans_keep_support ON careplans_supportplan;
DROP FUNCTION careplans_keep_step();
DROP FUNCTION careplans_keep_support();
"""


class Migration(migrations.Migration):
    dependencies = [("careplans", "0007_wishes_reassessments_support_plans")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
