"""How a person communicates is asked again: one row of each keeps the day, the policy says after how many."""

from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0016_clocks_of_notes_there_already'),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='communicationneed',
                name='due_on',
                field=models.DateField(blank=True, editable=False, null=True, verbose_name='to be asked again by'),
            ),
            migrations.AddField(
                model_name='communicationneed',
                name='next_stage_on',
                field=models.DateField(blank=True, db_index=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='contactpolicy',
                name='communication_days',
                field=models.PositiveSmallIntegerField(default=365, verbose_name='days until they are asked again how they communicate'),
            ),
            migrations.AddField(
                model_name='historicalcommunicationneed',
                name='due_on',
                field=models.DateField(blank=True, editable=False, null=True, verbose_name='to be asked again by'),
            ),
            migrations.AddField(
                model_name='historicalcommunicationneed',
                name='next_stage_on',
                field=models.DateField(blank=True, db_index=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='historicalcontactpolicy',
                name='communication_days',
                field=models.PositiveSmallIntegerField(default=365, verbose_name='days until they are asked again how they communicate'),
            ),
            migrations.AlterField(
                model_name='communicationneed',
                name='kind',
                field=models.CharField(choices=[('method', 'How to contact'), ('format', 'Format of information'), ('professional', 'Communication professional'), ('support', 'Communication support'), ('none', 'Asked, and no particular needs')], max_length=15),
            ),
            migrations.AlterField(
                model_name='historicalcommunicationneed',
                name='kind',
                field=models.CharField(choices=[('method', 'How to contact'), ('format', 'Format of information'), ('professional', 'Communication professional'), ('support', 'Communication support'), ('none', 'Asked, and no particular needs')], max_length=15),
            ),
            migrations.AddConstraint(
                model_name='communicationneed',
                constraint=models.UniqueConstraint(condition=models.Q(('due_on__isnull', False)), fields=('person',), name='people_one_need_keeps_the_clock'),
            ),
            migrations.AddConstraint(
                model_name='communicationneed',
                constraint=models.CheckConstraint(condition=models.Q(('due_on', None), ('until', None), _connector='OR'), name='people_ended_need_keeps_no_clock'),
            ),
            migrations.AddConstraint(
                model_name='communicationneed',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'none'), _negated=True), ('format', ''), _connector='OR'), name='people_no_need_sets_no_format'),
            ),
            migrations.AddConstraint(
                model_name='contactpolicy',
                constraint=models.CheckConstraint(condition=models.Q(('communication_days__gte', 28), ('communication_days__lte', 730)), name='people_asked_again_in_month_to_two_years'),
            ),
        ]),
    ]
