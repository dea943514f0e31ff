"""Each person's row of an incident belongs to a team. No rows exist before this."""

import django.db.models.deletion
from django.db import migrations, models

from sharedlives.migrating import Together

OWNER = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": "people.organisation",
}


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("risk", "0002_signed_versions_are_final")]

    operations = [
        migrations.AddField("incidentperson", "organisation", models.ForeignKey(null=True, **OWNER)),
        Together([
            migrations.AlterField("incidentperson", "organisation", models.ForeignKey(**OWNER)),
            migrations.AddField(
                "historicalincidentperson",
                "organisation",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    to="people.organisation",
                ),
            ),
        ]),
    ]
