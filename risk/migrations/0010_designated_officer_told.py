"""A concern keeps when the children's designated officer was told."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0018_needs_there_already_take_up_the_clock'),
        ('risk', '0009_events_entered_in_error'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='concern',
                name='officer_told_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='concern',
                name='officer_told_on',
                field=models.DateField(blank=True, null=True, verbose_name='children’s designated officer told on'),
            ),
            migrations.AddField(
                model_name='historicalconcern',
                name='officer_told_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='historicalconcern',
                name='officer_told_on',
                field=models.DateField(blank=True, null=True, verbose_name='children’s designated officer told on'),
            ),
            migrations.AddConstraint(
                model_name='concern',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('officer_told_by', None), ('officer_told_on', None)), models.Q(('officer_told_by__isnull', False), ('officer_told_on__isnull', False)), _connector='OR'), name='risk_officer_told_by_somebody'),
            ),
        ]),
    ]
