"""A representative’s signature names the authority on our records. Signatures from before keep their words alone."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0012_copies_to_recall'),
        ('placements', '0005_agreements_entered_in_error'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='agreementsignature',
                name='rests_on',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.legalfact', verbose_name='the authority on our records'),
            ),
            migrations.AddField(
                model_name='historicalagreementsignature',
                name='rests_on',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.legalfact', verbose_name='the authority on our records'),
            ),
        ]),
        AddConstraintNotValid(
            model_name='agreementsignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('party', 'representative'), _negated=True), ('rests_on__isnull', False), _connector='OR'), name='placements_representative_rests_on_a_record'),
        ),
    ]
