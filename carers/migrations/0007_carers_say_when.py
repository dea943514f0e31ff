"""When in the week a carer can and cannot support, as they said it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('carers', '0006_copies_for_carers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='HistoricalAvailability',
                fields=[
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('says', models.CharField(choices=[('cannot', 'Cannot support then'), ('can', 'Can support then, and at no other time')], max_length=6, verbose_name='what the carer says')),
                    ('weekdays', models.PositiveSmallIntegerField(help_text='Monday 1, Tuesday 2, Wednesday 4 … Sunday 64.')),
                    ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('morning', 'Morning, 7am to 12 noon'), ('afternoon', 'Afternoon, 12 noon to 5pm'), ('evening', 'Evening, 5pm to 10pm'), ('night', 'Night, 10pm to 7am')], max_length=10), size=None, verbose_name='parts of the day')),
                    ('words', models.CharField(blank=True, max_length=200, verbose_name='more about it')),
                    ('since', models.DateField(default=django.utils.timezone.localdate)),
                    ('until', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('carer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='carers.carer')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical availability',
                    'verbose_name_plural': 'historical availability',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Availability',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('says', models.CharField(choices=[('cannot', 'Cannot support then'), ('can', 'Can support then, and at no other time')], max_length=6, verbose_name='what the carer says')),
                    ('weekdays', models.PositiveSmallIntegerField(help_text='Monday 1, Tuesday 2, Wednesday 4 … Sunday 64.')),
                    ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('morning', 'Morning, 7am to 12 noon'), ('afternoon', 'Afternoon, 12 noon to 5pm'), ('evening', 'Evening, 5pm to 10pm'), ('night', 'Night, 10pm to 7am')], max_length=10), size=None, verbose_name='parts of the day')),
                    ('words', models.CharField(blank=True, max_length=200, verbose_name='more about it')),
                    ('since', models.DateField(default=django.utils.timezone.localdate)),
                    ('until', models.DateField(blank=True, help_text='The first day on which it no longer holds.', null=True)),
                    ('carer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='availability', to='carers.carer')),
                ],
                options={
                    'verbose_name_plural': 'availability',
                    'ordering': ['since', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('weekdays__gte', 1), ('weekdays__lte', 127)), name='carers_availability_on_weekdays'), models.CheckConstraint(condition=models.Q(('parts__contained_by', ['morning', 'afternoon', 'evening', 'night']), ('parts__len__gt', 0)), name='carers_availability_for_a_part_of_the_day'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='carers_availability_dates_in_order')],
                },
            ),
        ]),
    ]
