"""A version of About me is never changed or deleted, by nobody but the role `eraser`; and the shipped contact policy."""

import datetime
import uuid

from django.db import migrations

FORWARDS = """
CREATE FUNCTION people_keep_about_me() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'A version of About me stays as it was written' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'people_about_me_is_final', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER people_about_me_is_final BEFORE UPDATE OR DELETE ON people_aboutme
    FOR EACH ROW EXECUTE FUNCTION people_keep_about_me();
"""
BACKWARDS = """
DROP TRIGGER people_about_me_is_final ON people_aboutme;
DROP FUNCTION people_keep_about_me();
"""


def ship_policy(apps, schema_editor):
    apps.get_model("people", "ContactPolicy").objects.create(
        id=uuid.uuid4(), council=None, in_force_from=datetime.date(2020, 1, 1), days=90
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0004_contact_log_about_me_sharing")]

    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunPython(ship_policy, migrations.RunPython.noop),
    ]
