"""Anyone may ask for a review before its date: who asks, why, what they were told; the council says how soon they are answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0016_clocks_of_notes_there_already'),
        ('reviews', '0013_what_became_of_copies'),
        ('risk', '0009_events_entered_in_error'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='historicalreviewpolicy',
                name='answer_days',
                field=models.PositiveSmallIntegerField(default=5, help_text='From the day on which they ask.', verbose_name='days to answer whoever asks for a review'),
            ),
            migrations.AddField(
                model_name='historicalreviewwanted',
                name='acknowledged_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='historicalreviewwanted',
                name='acknowledged_on',
                field=models.DateField(blank=True, null=True, verbose_name='answered on'),
            ),
            migrations.AddField(
                model_name='historicalreviewwanted',
                name='answer',
                field=models.TextField(blank=True, verbose_name='what they were told'),
            ),
            migrations.AddField(
                model_name='historicalreviewwanted',
                name='asked_by',
                field=models.CharField(blank=True, choices=[('person', 'The person'), ('carer', 'The Shared Lives carer'), ('relative', 'A relative or friend'), ('scheme', 'The scheme'), ('other', 'Somebody else')], max_length=10, verbose_name='who asked'),
            ),
            migrations.AddField(
                model_name='historicalreviewwanted',
                name='asked_name',
                field=models.CharField(blank=True, max_length=120, verbose_name='their name'),
            ),
            migrations.AddField(
                model_name='historicalreviewwanted',
                name='reason',
                field=models.TextField(blank=True, verbose_name='why they ask'),
            ),
            migrations.AddField(
                model_name='historicalreviewwanted',
                name='taken_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisation'),
            ),
            migrations.AddField(
                model_name='reviewpolicy',
                name='answer_days',
                field=models.PositiveSmallIntegerField(default=5, help_text='From the day on which they ask.', verbose_name='days to answer whoever asks for a review'),
            ),
            migrations.AddField(
                model_name='reviewwanted',
                name='acknowledged_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='reviewwanted',
                name='acknowledged_on',
                field=models.DateField(blank=True, null=True, verbose_name='answered on'),
            ),
            migrations.AddField(
                model_name='reviewwanted',
                name='answer',
                field=models.TextField(blank=True, verbose_name='what they were told'),
            ),
            migrations.AddField(
                model_name='reviewwanted',
                name='asked_by',
                field=models.CharField(blank=True, choices=[('person', 'The person'), ('carer', 'The Shared Lives carer'), ('relative', 'A relative or friend'), ('scheme', 'The scheme'), ('other', 'Somebody else')], max_length=10, verbose_name='who asked'),
            ),
            migrations.AddField(
                model_name='reviewwanted',
                name='asked_name',
                field=models.CharField(blank=True, max_length=120, verbose_name='their name'),
            ),
            migrations.AddField(
                model_name='reviewwanted',
                name='reason',
                field=models.TextField(blank=True, verbose_name='why they ask'),
            ),
            migrations.AddField(
                model_name='reviewwanted',
                name='taken_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation'),
            ),
            migrations.AlterField(
                model_name='reviewwanted',
                name='change',
                field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='review_wanted', to='risk.changenoticed'),
            ),
            migrations.AddConstraint(
                model_name='reviewpolicy',
                constraint=models.CheckConstraint(condition=models.Q(('answer_days__range', (1, 28))), name='reviews_policy_answers_soon'),
            ),
            migrations.AddConstraint(
                model_name='reviewwanted',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_by', ''), ('change__isnull', False), ('reason', ''), ('taken_by', None)), models.Q(('change', None), ('taken_by__isnull', False), models.Q(('asked_by', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='reviews_wanted_says_who_asks_and_why'),
            ),
            migrations.AddConstraint(
                model_name='reviewwanted',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_by', None), ('acknowledged_on', None), ('answer', '')), models.Q(('acknowledged_on__gte', models.F('opened_on')), ('change', None), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='reviews_wanted_answered_in_words'),
            ),
        ]),
    ]
