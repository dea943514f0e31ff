"""A signed risk assessment and its risks are never changed or deleted, by nobody but the role `eraser`.

Superusers and the owner are refused too: the check reads `current_user`. Only the clock of the reminders
(`next_stage_on`) still moves. An agreement on responsibilities is final once both sides have agreed. Whole rows may be
loaded children first (risks, then assessments).
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION risk_keep_assessment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    machinery text[] := ARRAY['next_stage_on', 'version'];
BEGIN
    IF current_user = 'eraser' OR OLD.state <> 'signed' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - machinery IS DISTINCT FROM to_jsonb(OLD) - machinery THEN
        RAISE EXCEPTION 'A signed risk assessment is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'risk_signed_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION risk_keep_risk() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
    -- FOR SHARE waits for a signing that is under way, and then sees it
    PERFORM 1 FROM risk_riskassessment WHERE id = ANY (assessments) AND state = 'signed' FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'A signed risk assessment is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'risk_signed_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION risk_keep_note_on_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'What was noted about a signed version stays' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'risk_signed_is_final', TABLE = TG_TABLE_NAME;
END $$;

CREATE FUNCTION risk_keep_agreement() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'eraser'
        AND OLD.agreed_by_team_on IS NOT NULL AND OLD.agreed_by_scheme_on IS NOT NULL THEN
        RAISE EXCEPTION 'Both sides have agreed' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'risk_agreed_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER risk_keep_assessment BEFORE UPDATE OR DELETE ON risk_riskassessment
    FOR EACH ROW EXECUTE FUNCTION risk_keep_assessment();
CREATE TRIGGER risk_keep_risk BEFORE INSERT OR UPDATE OR DELETE ON risk_risk
    FOR EACH ROW EXECUTE FUNCTION risk_keep_risk();
CREATE TRIGGER risk_keep_supersession BEFORE UPDATE OR DELETE ON risk_risksupersession
    FOR EACH ROW EXECUTE FUNCTION risk_keep_note_on_version();
CREATE TRIGGER risk_keep_entered_in_error BEFORE UPDATE OR DELETE ON risk_riskenteredinerror
    FOR EACH ROW EXECUTE FUNCTION risk_keep_note_on_version();
CREATE TRIGGER risk_keep_agreement BEFORE UPDATE OR DELETE ON risk_responsibilityagreement
    FOR EACH ROW EXECUTE FUNCTION risk_keep_agreement();
"""

BACKWARDS = """
DROP TRIGGER risk_keep_agreement ON risk_responsibilityagreement;
DROP TRIGGER risk_keep_entered_in_error ON risk_riskenteredinerror;
DROP TRIGGER risk_keep_supersession ON risk_risksupersession;
DROP TRIGGER risk_keep_risk ON risk_risk;
DROP TRIGGER risk_keep_assessment ON risk_riskassessment;
DROP FUNCTION risk_keep_agreement();
DROP FUNCTION risk_keep_note_on_version();
DROP FUNCTION risk_keep_risk();
DROP FUNCTION risk_keep_assessment();
"""


class Migration(migrations.Migration):
    dependencies = [("risk", "0001_first")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
