"""A representative’s signature names the authority on our records. Signatures from before keep their words alone."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from sharedlives.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('careplans', '0008_support_plans_in_use_are_final'),
        ('people', '0012_copies_to_recall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='historicalsignoff',
                name='rests_on',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.legalfact', verbose_name='the authority on our records'),
            ),
            migrations.AddField(
                model_name='signoff',
                name='rests_on',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.legalfact', verbose_name='the authority on our records'),
            ),
        ]),
        AddConstraintNotValid(
            model_name='signoff',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('capacity', 'representative'), _negated=True), ('rests_on__isnull', False), _connector='OR'), name='careplans_representative_rests_on_a_record'),
        ),
    ]
