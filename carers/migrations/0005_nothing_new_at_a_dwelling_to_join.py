"""Nothing new is held or booked at a dwelling that stands on our records twice; and what expires falls due.

The stay's BEFORE trigger has locked its homes by now, and whoever says that two rows are one dwelling locks them too.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION carers_refuse_at_twins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.state NOT IN ('held', 'booked') THEN RETURN NULL; END IF;
    -- what was there already may go on, become shorter, and end
    IF TG_OP = 'UPDATE' AND OLD.state IN ('held', 'booked') AND OLD.household_id = NEW.household_id
       AND OLD.person_id = NEW.person_id AND NEW.period <@ OLD.period
       AND NEW.weekdays::integer & ~OLD.weekdays::integer = 0 THEN RETURN NULL; END IF;
    IF EXISTS (SELECT 1 FROM carers_samedwelling d WHERE d.other_id = NEW.household_id
                  OR (d.kept_id = NEW.household_id AND d.joined_on IS NULL)) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = 'This dwelling stands on our records twice',
            TABLE = 'carers_stay', CONSTRAINT = 'carers_dwelling_is_joined';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER carers_stay_at_one_row AFTER INSERT OR UPDATE ON carers_stay
    FOR EACH ROW EXECUTE FUNCTION carers_refuse_at_twins();
"""

ALLOW = """
DROP TRIGGER carers_stay_at_one_row ON carers_stay;
DROP FUNCTION carers_refuse_at_twins();
"""

# The newest of each course that expires falls due that day; its reminders begin eight weeks before.
FALL_DUE = """
UPDATE carers_training t SET due_on = t.expires_on, next_stage_on = t.expires_on - 56
  FROM carers_carer c
 WHERE c.id = t.carer_id AND c.ended_on IS NULL AND t.expires_on IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM carers_training later WHERE later.carer_id = t.carer_id
                      AND later.course_id = t.course_id AND later.done_on > t.done_on)
"""


class Migration(migrations.Migration):
    dependencies = [("carers", "0004_ties_dwellings_and_renewals")]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(FALL_DUE, migrations.RunSQL.noop),
    ]
