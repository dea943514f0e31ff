"""Seen when, where and how; how much of it stood there last time, and why it is still right."""

from django.conf import settings
from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('careplans', '0009_authority_on_our_records'),
        ('people', '0012_copies_to_recall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='assessment',
                name='likeness',
                field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='how much of it stood in the last one, per cent'),
            ),
            migrations.AddField(
                model_name='assessment',
                name='seen_how',
                field=models.CharField(blank=True, choices=[('visit', 'On a visit to their home'), ('elsewhere', 'Somewhere else, face to face'), ('video', 'By video')], max_length=10, verbose_name='how the person was seen'),
            ),
            migrations.AddField(
                model_name='assessment',
                name='why_alike',
                field=models.TextField(blank=True, verbose_name='if it is very like the last one: why it is still right'),
            ),
            migrations.AddField(
                model_name='historicalassessment',
                name='likeness',
                field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='how much of it stood in the last one, per cent'),
            ),
            migrations.AddField(
                model_name='historicalassessment',
                name='seen_how',
                field=models.CharField(blank=True, choices=[('visit', 'On a visit to their home'), ('elsewhere', 'Somewhere else, face to face'), ('video', 'By video')], max_length=10, verbose_name='how the person was seen'),
            ),
            migrations.AddField(
                model_name='historicalassessment',
                name='why_alike',
                field=models.TextField(blank=True, verbose_name='if it is very like the last one: why it is still right'),
            ),
            migrations.AddField(
                model_name='historicalreassessment',
                name='seen_how',
                field=models.CharField(blank=True, choices=[('visit', 'On a visit to their home'), ('elsewhere', 'Somewhere else, face to face'), ('video', 'By video'), ('not_seen', 'Not seen this time')], max_length=10, verbose_name='how they were seen'),
            ),
            migrations.AddField(
                model_name='historicalreassessment',
                name='seen_on',
                field=models.DateField(blank=True, null=True, verbose_name='when they were seen'),
            ),
            migrations.AddField(
                model_name='historicalreassessment',
                name='seen_where',
                field=models.CharField(blank=True, max_length=200, verbose_name='where they were seen, or why not'),
            ),
            migrations.AddField(
                model_name='reassessment',
                name='seen_how',
                field=models.CharField(blank=True, choices=[('visit', 'On a visit to their home'), ('elsewhere', 'Somewhere else, face to face'), ('video', 'By video'), ('not_seen', 'Not seen this time')], max_length=10, verbose_name='how they were seen'),
            ),
            migrations.AddField(
                model_name='reassessment',
                name='seen_on',
                field=models.DateField(blank=True, null=True, verbose_name='when they were seen'),
            ),
            migrations.AddField(
                model_name='reassessment',
                name='seen_where',
                field=models.CharField(blank=True, max_length=200, verbose_name='where they were seen, or why not'),
            ),
            migrations.AddConstraint(
                model_name='assessment',
                constraint=models.CheckConstraint(condition=models.Q(('likeness', None), ('likeness__lt', 90), models.Q(('why_alike', ''), _negated=True), _connector='OR'), name='careplans_very_like_says_why'),
            ),
            migrations.AddConstraint(
                model_name='reassessment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('seen_how', ''), ('seen_on', None), ('seen_where', '')), models.Q(('seen_how', 'not_seen'), ('seen_on', None), models.Q(('seen_where', ''), _negated=True)), models.Q(('seen_on__isnull', False), models.Q(('seen_how__in', ['', 'not_seen']), _negated=True), models.Q(('seen_where', ''), _negated=True)), _connector='OR'), name='careplans_reassessed_seen_or_why_not'),
            ),
        ]),
    ]
