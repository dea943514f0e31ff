"""Before a start it is asked whether the person would meet somebody with whom they may not live."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('placements', '0016_advice_says_which_options'),
    ]

    operations = [
        migrations.AlterField(
            model_name='gateanswer',
            name='gate',
            field=models.CharField(choices=[('plan', 'Care and support plan held and acknowledged'), ('capacity', 'A place free in the home'), ('one_place', 'One place at a time'), ('assessment', 'Needs assessment complete'), ('responsibilities', 'Risk responsibilities agreed'), ('risk', 'Risk assessment signed'), ('agreement', 'Placement agreement signed'), ('approval', 'Carer approved for this'), ('training', 'Carer’s training current'), ('emergency', 'Carer approved and trained for emergencies'), ('apart', 'Nobody there with whom the person may not live')], max_length=20),
        ),
        migrations.AlterField(
            model_name='historicalgateanswer',
            name='gate',
            field=models.CharField(choices=[('plan', 'Care and support plan held and acknowledged'), ('capacity', 'A place free in the home'), ('one_place', 'One place at a time'), ('assessment', 'Needs assessment complete'), ('responsibilities', 'Risk responsibilities agreed'), ('risk', 'Risk assessment signed'), ('agreement', 'Placement agreement signed'), ('approval', 'Carer approved for this'), ('training', 'Carer’s training current'), ('emergency', 'Carer approved and trained for emergencies'), ('apart', 'Nobody there with whom the person may not live')], max_length=20),
        ),
        migrations.AlterField(
            model_name='historicalowedafteremergency',
            name='what',
            field=models.CharField(choices=[('plan', 'Care and support plan held and acknowledged'), ('capacity', 'A place free in the home'), ('one_place', 'One place at a time'), ('assessment', 'Needs assessment complete'), ('responsibilities', 'Risk responsibilities agreed'), ('risk', 'Risk assessment signed'), ('agreement', 'Placement agreement signed'), ('approval', 'Carer approved for this'), ('training', 'Carer’s training current'), ('emergency', 'Carer approved and trained for emergencies'), ('apart', 'Nobody there with whom the person may not live')], max_length=20),
        ),
        migrations.AlterField(
            model_name='owedafteremergency',
            name='what',
            field=models.CharField(choices=[('plan', 'Care and support plan held and acknowledged'), ('capacity', 'A place free in the home'), ('one_place', 'One place at a time'), ('assessment', 'Needs assessment complete'), ('responsibilities', 'Risk responsibilities agreed'), ('risk', 'Risk assessment signed'), ('agreement', 'Placement agreement signed'), ('approval', 'Carer approved for this'), ('training', 'Carer’s training current'), ('emergency', 'Carer approved and trained for emergencies'), ('apart', 'Nobody there with whom the person may not live')], max_length=20),
        ),
    ]
