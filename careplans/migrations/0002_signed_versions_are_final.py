"""A signed plan, its outcomes and its signatures are never changed or deleted, by nobody but the role `eraser`.

While a signature stands on a draft, its words do not change either. Superusers and the owner are refused too: the
check reads `current_user`. Whole rows may be loaded children first (outcomes, signatures, then plans).
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION careplans_keep_plan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    machinery text[] := ARRAY['state', 'signed_on', 'version'];
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF OLD.state = 'signed' THEN
        RAISE EXCEPTION 'A signed version of a care plan is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'careplans_signed_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT 1 FROM careplans_signoff WHERE plan_id = OLD.id)
        AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - machinery IS DISTINCT FROM to_jsonb(OLD) - machinery) THEN
        RAISE EXCEPTION 'Somebody has signed these words' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'careplans_words_stay_under_a_signature', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION careplans_keep_part_of_plan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
    IF TG_TABLE_NAME = 'careplans_outcome'
        AND EXISTS (SELECT 1 FROM careplans_signoff WHERE plan_id = ANY (plans)) THEN
        RAISE EXCEPTION 'Somebody has signed these words' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'careplans_words_stay_under_a_signature', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION careplans_keep_note_on_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'What was noted about a signed version stays' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'careplans_signed_is_final', TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER careplans_keep_plan BEFORE UPDATE OR DELETE ON careplans_careplan
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_plan();
CREATE TRIGGER careplans_keep_outcome BEFORE INSERT OR UPDATE OR DELETE ON careplans_outcome
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_part_of_plan();
CREATE TRIGGER careplans_keep_sign_off BEFORE INSERT OR UPDATE OR DELETE ON careplans_signoff
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_part_of_plan();
CREATE TRIGGER careplans_keep_supersession BEFORE UPDATE OR DELETE ON careplans_supersession
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_note_on_version();
CREATE TRIGGER careplans_keep_entered_in_error BEFORE UPDATE OR DELETE ON careplans_enteredinerror
    FOR EACH ROW EXECUTE FUNCTION careplans_keep_note_on_version();
"""

BACKWARDS = """
DROP TRIGGER careplans_keep_entered_in_error ON careplans_enteredinerror;
DROP TRIGGER careplans_keep_supersession ON careplans_supersession;
DROP TRIGGER careplans_keep_sign_off ON careplans_signoff;
DROP TRIGGER careplans_keep_outcome ON careplans_outcome;
DROP TRIGGER careplans_keep_plan ON careplans_careplan;
DROP FUNCTION careplans_keep_note_on_version();
DROP FUNCTION careplans_keep_part_of_plan();
DROP FUNCTION careplans_keep_plan();
"""


class Migration(migrations.Migration):
    dependencies = [("careplans", "0001_first")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
