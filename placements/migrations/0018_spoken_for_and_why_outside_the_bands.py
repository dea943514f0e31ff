"""Who cannot decide where to live has somebody to speak for them; an amount outside the scheme's bands says why, in a field of its own."""

from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('placements', '0017_who_may_not_live_together'),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='historicalplacementagreement',
                name='why_outside',
                field=models.CharField(blank=True, max_length=300, verbose_name='why an amount is none of the scheme’s bands'),
            ),
            migrations.AddField(
                model_name='placementagreement',
                name='why_outside',
                field=models.CharField(blank=True, max_length=300, verbose_name='why an amount is none of the scheme’s bands'),
            ),
            migrations.AlterField(
                model_name='gateanswer',
                name='gate',
                field=models.CharField(choices=[('plan', 'Care and support plan held and acknowledged'), ('capacity', 'A place free in the home'), ('one_place', 'One place at a time'), ('assessment', 'Needs assessment complete'), ('responsibilities', 'Risk responsibilities agreed'), ('risk', 'Risk assessment signed'), ('agreement', 'Placement agreement signed'), ('approval', 'Carer approved for this'), ('training', 'Carer’s training current'), ('emergency', 'Carer approved and trained for emergencies'), ('advocate', 'Somebody speaks for whoever cannot decide where to live'), ('apart', 'Nobody there with whom the person may not live')], max_length=20),
            ),
            migrations.AlterField(
                model_name='historicalgateanswer',
                name='gate',
                field=models.CharField(choices=[('plan', 'Care and support plan held and acknowledged'), ('capacity', 'A place free in the home'), ('one_place', 'One place at a time'), ('assessment', 'Needs assessment complete'), ('responsibilities', 'Risk responsibilities agreed'), ('risk', 'Risk assessment signed'), ('agreement', 'Placement agreement signed'), ('approval', 'Carer approved for this'), ('training', 'Carer’s training current'), ('emergency', 'Carer approved and trained for emergencies'), ('advocate', 'Somebody speaks for whoever cannot decide where to live'), ('apart', 'Nobody there with whom the person may not live')], max_length=20),
            ),
            migrations.AlterField(
                model_name='historicalowedafteremergency',
                name='what',
                field=models.CharField(choices=[('plan', 'Care and support plan held and acknowledged'), ('capacity', 'A place free in the home'), ('one_place', 'One place at a time'), ('assessment', 'Needs assessment complete'), ('responsibilities', 'Risk responsibilities agreed'), ('risk', 'Risk assessment signed'), ('agreement', 'Placement agreement signed'), ('approval', 'Carer approved for this'), ('training', 'Carer’s training current'), ('emergency', 'Carer approved and trained for emergencies'), ('advocate', 'Somebody speaks for whoever cannot decide where to live'), ('apart', 'Nobody there with whom the person may not live')], max_length=20),
            ),
            migrations.AlterField(
                model_name='owedafteremergency',
                name='what',
                field=models.CharField(choices=[('plan', 'Care and support plan held and acknowledged'), ('capacity', 'A place free in the home'), ('one_place', 'One place at a time'), ('assessment', 'Needs assessment complete'), ('responsibilities', 'Risk responsibilities agreed'), ('risk', 'Risk assessment signed'), ('agreement', 'Placement agreement signed'), ('approval', 'Carer approved for this'), ('training', 'Carer’s training current'), ('emergency', 'Carer approved and trained for emergencies'), ('advocate', 'Somebody speaks for whoever cannot decide where to live'), ('apart', 'Nobody there with whom the person may not live')], max_length=20),
            ),
        ]),
    ]
