"""Who may not live together is a decision with a reason, an owner and a day to look again."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('carers', '0014_plans_b'),
        ('people', '0018_needs_there_already_take_up_the_clock'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalKeptApart',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('due_on', models.DateField()),
                ('next_stage_on', models.DateField(blank=True, db_index=True, editable=False, null=True)),
                ('source', models.CharField(choices=[('incident', 'Something that happened between them'), ('risk', 'A risk assessment'), ('court', 'A court order or a condition of probation'), ('wish', 'The person’s own wish'), ('family', 'What their families ask for, and the person agrees'), ('other', 'Something else')], max_length=10, verbose_name='what it rests on')),
                ('words', models.TextField(verbose_name='why they may not live together')),
                ('since', models.DateField(default=django.utils.timezone.localdate)),
                ('until', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('why_ended', models.TextField(blank=True, verbose_name='why it no longer holds')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisation')),
                ('other', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': 'historical kept apart',
                'verbose_name_plural': 'historical kept aparts',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='KeptApart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('due_on', models.DateField()),
                ('next_stage_on', models.DateField(blank=True, db_index=True, editable=False, null=True)),
                ('source', models.CharField(choices=[('incident', 'Something that happened between them'), ('risk', 'A risk assessment'), ('court', 'A court order or a condition of probation'), ('wish', 'The person’s own wish'), ('family', 'What their families ask for, and the person agrees'), ('other', 'Something else')], max_length=10, verbose_name='what it rests on')),
                ('words', models.TextField(verbose_name='why they may not live together')),
                ('since', models.DateField(default=django.utils.timezone.localdate)),
                ('until', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                ('why_ended', models.TextField(blank=True, verbose_name='why it no longer holds')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_apart', to='people.person')),
            ],
            options={
                'ordering': ['-since', 'id'],
                'indexes': [models.Index(condition=models.Q(('until', None)), fields=['person'], name='carers_apart_person'), models.Index(condition=models.Q(('until', None)), fields=['other'], name='carers_apart_other')],
                'constraints': [models.CheckConstraint(condition=models.Q(('other', None), models.Q(('other', models.F('person')), _negated=True), _connector='OR'), name='carers_apart_from_somebody_else'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='carers_apart_for_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('until', None), ('why_ended', '')), models.Q(('next_stage_on', None), ('until__gte', models.F('since')), models.Q(('why_ended', ''), _negated=True)), _connector='OR'), name='carers_apart_ended_with_date_and_reason'), models.UniqueConstraint(django.db.models.functions.comparison.Least('person', 'other'), django.db.models.functions.comparison.Greatest('person', 'other'), condition=models.Q(('until', None)), name='carers_apart_once')],
            },
        ),
    ]
