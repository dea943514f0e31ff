"""The services of a plan are final with it, as its outcomes and signatures are."""

from django.db import migrations

FORWARDS = """
CREATE OR REPLACE FUNCTION careplans_keep_part_of_plan() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public AS $$
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
    -- FOR SHARE waits for a signing that is under way, and then sees it
    PERFORM 1 FROM careplans_careplan WHERE id = ANY (plans) AND state = 'signed' FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'A signed version of a care plan is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'careplans_signed_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_TABLE_NAME IN ('careplans_outcome', 'careplans_service')
        AND EXISTS (SELECT 1 FROM careplans_signoff WHERE plan_id = ANY (plans)) THEN
        RAISE EXCEPTION 'Somebody has signed these words' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'careplans_words_stay_under_a_signature', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER careplans_keep_service BEFORE INSERT OR UPDATE OR DELETE ON careplans_service
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_part_of_plan();
"""

BACKWARDS = """
DROP TRIGGER careplans_keep_service ON careplans_service;
"""


class Migration(migrations.Migration):
    dependencies = [("careplans", "0005_package_policy_and_sharing")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
