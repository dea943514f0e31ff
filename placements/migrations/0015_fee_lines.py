"""Fee lines of an agreement, final with it; a scheme's bands; the yearly look at licence and charges."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from sharedlives.migrating import Together


KEPT = """
CREATE OR REPLACE FUNCTION placements_keep_part_of_agreement() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    agreements uuid[] := ARRAY[]::uuid[];
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        agreements := agreements || OLD.agreement_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        agreements := agreements || NEW.agreement_id;
    END IF;
    -- FOR SHARE waits for a signing that is under way, and then sees it
    PERFORM 1 FROM placements_placementagreement WHERE id = ANY (agreements) AND state = 'signed' FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'A signed placement agreement is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'placements_signed_agreement_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_TABLE_NAME IN ('placements_agreementrequirement', 'placements_agreementfee')
        AND EXISTS (SELECT 1 FROM placements_agreementsignature WHERE agreement_id = ANY (agreements)) THEN
        RAISE EXCEPTION 'Somebody has signed these words' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'placements_words_stay_under_a_signature', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER placements_keep_fee BEFORE INSERT OR UPDATE OR DELETE ON placements_agreementfee
    FOR EACH ROW EXECUTE FUNCTION placements_keep_part_of_agreement();
"""

NOT_KEPT = """
DROP TRIGGER placements_keep_fee ON placements_agreementfee;
CREATE OR REPLACE FUNCTION placements_keep_part_of_agreement() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    agreements uuid[] := ARRAY[]::uuid[];
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        agreements := agreements || OLD.agreement_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        agreements := agreements || NEW.agreement_id;
    END IF;
    -- FOR SHARE waits for a signing that is under way, and then sees it
    PERFORM 1 FROM placements_placementagreement WHERE id = ANY (agreements) AND state = 'signed' FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'A signed placement agreement is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'placements_signed_agreement_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_TABLE_NAME = 'placements_agreementrequirement'
        AND EXISTS (SELECT 1 FROM placements_agreementsignature WHERE agreement_id = ANY (agreements)) THEN
        RAISE EXCEPTION 'Somebody has signed these words' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'placements_words_stay_under_a_signature', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0014_decisions_entered_in_error'),
        ('placements', '0014_visits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='HistoricalAgreementFee',
                fields=[
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('what', models.CharField(choices=[('rent', 'Rent'), ('household', 'Contribution to the household'), ('care', 'Care and support')], max_length=10, verbose_name='what for')),
                    ('pounds', models.DecimalField(decimal_places=2, max_digits=7, verbose_name='pounds a week')),
                    ('payer', models.CharField(choices=[('person', 'The person'), ('benefit', 'Housing benefit or universal credit'), ('council', 'The council'), ('nhs', 'The NHS'), ('other', 'Somebody else')], max_length=10, verbose_name='who pays')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('agreement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='placements.placementagreement')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical agreement fee',
                    'verbose_name_plural': 'historical agreement fees',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalChargesLook',
                fields=[
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('due_on', models.DateField()),
                    ('next_stage_on', models.DateField(blank=True, db_index=True, editable=False, null=True)),
                    ('done_on', models.DateField(blank=True, null=True)),
                    ('words', models.CharField(blank=True, max_length=300, verbose_name='what was found')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('done_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisation')),
                    ('placement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='placements.placement')),
                ],
                options={
                    'verbose_name': 'historical charges look',
                    'verbose_name_plural': 'historical charges looks',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalFeeBand',
                fields=[
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('what', models.CharField(choices=[('rent', 'Rent'), ('household', 'Contribution to the household'), ('care', 'Care and support')], max_length=10, verbose_name='what for')),
                    ('name', models.CharField(max_length=60, verbose_name='name of the band')),
                    ('pounds', models.DecimalField(decimal_places=2, max_digits=7, validators=[django.core.validators.MinValueValidator(0)], verbose_name='pounds a week')),
                    ('since', models.DateField()),
                    ('until', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(blank=True, db_constraint=False, limit_choices_to={'kind': 'scheme'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisation', verbose_name='scheme')),
                ],
                options={
                    'verbose_name': 'historical fee band',
                    'verbose_name_plural': 'historical fee bands',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='AgreementFee',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('what', models.CharField(choices=[('rent', 'Rent'), ('household', 'Contribution to the household'), ('care', 'Care and support')], max_length=10, verbose_name='what for')),
                    ('pounds', models.DecimalField(decimal_places=2, max_digits=7, verbose_name='pounds a week')),
                    ('payer', models.CharField(choices=[('person', 'The person'), ('benefit', 'Housing benefit or universal credit'), ('council', 'The council'), ('nhs', 'The NHS'), ('other', 'Somebody else')], max_length=10, verbose_name='who pays')),
                    ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fee_lines', to='placements.placementagreement')),
                ],
                options={
                    'ordering': ['agreement', 'what'],
                    'constraints': [models.UniqueConstraint(fields=('agreement', 'what'), name='placements_fee_line_once'), models.CheckConstraint(condition=models.Q(('pounds__gte', 0), ('pounds__lte', 5000)), name='placements_fee_sensible')],
                },
            ),
            migrations.CreateModel(
                name='ChargesLook',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('due_on', models.DateField()),
                    ('next_stage_on', models.DateField(blank=True, db_index=True, editable=False, null=True)),
                    ('done_on', models.DateField(blank=True, null=True)),
                    ('words', models.CharField(blank=True, max_length=300, verbose_name='what was found')),
                    ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('placement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charges_looks', to='placements.placement')),
                ],
                options={
                    'ordering': ['due_on', 'id'],
                    'indexes': [models.Index(condition=models.Q(('done_on', None)), fields=['next_stage_on'], name='placements_charges_next')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('done_on', None)), fields=('placement',), name='placements_charges_looked_at_once'), models.CheckConstraint(condition=models.Q(models.Q(('done_on', None), ('words', '')), models.Q(('done_on__isnull', False), ('next_stage_on', None), models.Q(('words', ''), _negated=True)), _connector='OR'), name='placements_charges_looked_at_in_words')],
                },
            ),
            migrations.CreateModel(
                name='FeeBand',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('what', models.CharField(choices=[('rent', 'Rent'), ('household', 'Contribution to the household'), ('care', 'Care and support')], max_length=10, verbose_name='what for')),
                    ('name', models.CharField(max_length=60, verbose_name='name of the band')),
                    ('pounds', models.DecimalField(decimal_places=2, max_digits=7, validators=[django.core.validators.MinValueValidator(0)], verbose_name='pounds a week')),
                    ('since', models.DateField()),
                    ('until', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                    ('organisation', models.ForeignKey(limit_choices_to={'kind': 'scheme'}, on_delete=django.db.models.deletion.PROTECT, related_name='fee_bands', to='people.organisation', verbose_name='scheme')),
                ],
                options={
                    'ordering': ['organisation', 'what', 'pounds', '-since'],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'what', 'name', 'since'), name='placements_fee_band_once_a_day'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='placements_fee_band_dates_in_order'), models.CheckConstraint(condition=models.Q(('pounds__gte', 0), ('pounds__lte', 5000)), name='placements_fee_band_sensible')],
                },
            ),
        ]),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
