"""Seen when, where and how; how much of it stood there last time, and why it is still right."""

from django.conf import settings
from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('carers', '0005_nothing_new_at_a_dwelling_to_join'),
        ('people', '0012_copies_to_recall'),
        ('risk', '0007_complaints_past_those_they_are_about'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='historicalriskassessment',
                name='likeness',
                field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='how much of it stood in the last one, per cent'),
            ),
            migrations.AddField(
                model_name='historicalriskassessment',
                name='seen_how',
                field=models.CharField(blank=True, choices=[('visit', 'On a visit to their home'), ('elsewhere', 'Somewhere else, face to face'), ('video', 'By video'), ('not_seen', 'Not seen this time')], max_length=10, verbose_name='how they were seen'),
            ),
            migrations.AddField(
                model_name='historicalriskassessment',
                name='seen_on',
                field=models.DateField(blank=True, null=True, verbose_name='when they were seen'),
            ),
            migrations.AddField(
                model_name='historicalriskassessment',
                name='seen_where',
                field=models.CharField(blank=True, max_length=200, verbose_name='where they were seen, or why not'),
            ),
            migrations.AddField(
                model_name='riskassessment',
                name='likeness',
                field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='how much of it stood in the last one, per cent'),
            ),
            migrations.AddField(
                model_name='riskassessment',
                name='seen_how',
                field=models.CharField(blank=True, choices=[('visit', 'On a visit to their home'), ('elsewhere', 'Somewhere else, face to face'), ('video', 'By video'), ('not_seen', 'Not seen this time')], max_length=10, verbose_name='how they were seen'),
            ),
            migrations.AddField(
                model_name='riskassessment',
                name='seen_on',
                field=models.DateField(blank=True, null=True, verbose_name='when they were seen'),
            ),
            migrations.AddField(
                model_name='riskassessment',
                name='seen_where',
                field=models.CharField(blank=True, max_length=200, verbose_name='where they were seen, or why not'),
            ),
            migrations.AlterField(
                model_name='historicalriskassessment',
                name='why_nothing_changed',
                field=models.TextField(blank=True, verbose_name='why what stood there last time is still right'),
            ),
            migrations.AlterField(
                model_name='riskassessment',
                name='why_nothing_changed',
                field=models.TextField(blank=True, verbose_name='why what stood there last time is still right'),
            ),
            migrations.AddConstraint(
                model_name='riskassessment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('seen_how', ''), ('seen_on', None), ('seen_where', '')), models.Q(('seen_how', 'not_seen'), ('seen_on', None), models.Q(('seen_where', ''), _negated=True)), models.Q(('seen_on__isnull', False), models.Q(('seen_how__in', ['', 'not_seen']), _negated=True), models.Q(('seen_where', ''), _negated=True)), _connector='OR'), name='risk_seen_or_why_not'),
            ),
            migrations.AddConstraint(
                model_name='riskassessment',
                constraint=models.CheckConstraint(condition=models.Q(('likeness', None), ('likeness__lt', 90), models.Q(('why_nothing_changed', ''), _negated=True), _connector='OR'), name='risk_very_like_says_why'),
            ),
        ]),
    ]
