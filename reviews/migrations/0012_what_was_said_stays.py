import django.utils.timezone
from django.db import migrations, models

KEEP = """
CREATE FUNCTION reviews_keep_remark() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'eraser' AND (TG_OP = 'DELETE' OR
        (NEW.words, NEW.participant_id, NEW.review_id, NEW.said_on, NEW.said_at)
        IS DISTINCT FROM (OLD.words, OLD.participant_id, OLD.review_id, OLD.said_on, OLD.said_at)) THEN
        RAISE EXCEPTION 'What was said about a record stays as it was said' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'reviews_held_record_is_never_changed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER reviews_keep_remark BEFORE UPDATE OR DELETE ON reviews_recordremark
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_remark();
"""
LET_GO = """
DROP TRIGGER reviews_keep_remark ON reviews_recordremark;
DROP FUNCTION reviews_keep_remark();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_what_is_wrong_with_a_record")]

    operations = [
        migrations.AddField(
            model_name="recordremark",
            name="said_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="historicalrecordremark",
            name="said_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AlterModelOptions(
            name="recordremark",
            options={
                "ordering": ["said_on", "said_at"],
                "verbose_name": "remark on a record",
                "verbose_name_plural": "remarks on records",
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
