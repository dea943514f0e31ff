"""What a meeting agreed to change, by whom, and the draft it became; what was considered where nothing changes."""

import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from sharedlives.migrating import Together

KEEP = """
CREATE TRIGGER reviews_keep_changes BEFORE INSERT OR UPDATE OR DELETE ON reviews_agreedchange
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_part_of_record();
"""
LET_GO = "DROP TRIGGER reviews_keep_changes ON reviews_agreedchange;"


class Migration(migrations.Migration):

    dependencies = [
        ('careplans', '0014_shares_that_wait'),
        ('placements', '0015_fee_lines'),
        ('reviews', '0014_asked_for_by_anyone'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='historicalreview',
                name='why_as_now',
                field=models.TextField(blank=True, verbose_name='what was considered, and why as now'),
            ),
            migrations.AddField(
                model_name='review',
                name='why_as_now',
                field=models.TextField(blank=True, verbose_name='what was considered, and why as now'),
            ),
            migrations.CreateModel(
                name='HistoricalAgreedChange',
                fields=[
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('words', models.TextField(verbose_name='what changes')),
                    ('agreed_by', models.TextField(verbose_name='who agreed it')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('agreement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='placements.placementagreement')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('placement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='placements.placement')),
                    ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='careplans.careplan')),
                    ('review', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reviews.review')),
                ],
                options={
                    'verbose_name': 'historical agreed change',
                    'verbose_name_plural': 'historical agreed changes',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='AgreedChange',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('words', models.TextField(verbose_name='what changes')),
                    ('agreed_by', models.TextField(verbose_name='who agreed it')),
                    ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placements.placementagreement')),
                    ('placement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placements.placement')),
                    ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='careplans.careplan')),
                    ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='reviews.review')),
                ],
                options={
                    'ordering': ['number'],
                    'constraints': [models.UniqueConstraint(fields=('review', 'number'), name='reviews_change_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), models.Q(('agreed_by', ''), _negated=True)), name='reviews_change_says_who_agreed'), models.CheckConstraint(condition=models.Q(models.Q(('agreement', None), ('placement', None)), models.Q(('placement__isnull', False), ('plan', None)), _connector='OR'), name='reviews_change_of_plan_or_agreement')],
                },
            ),
        ]),
        migrations.RunSQL(KEEP, LET_GO),
    ]
