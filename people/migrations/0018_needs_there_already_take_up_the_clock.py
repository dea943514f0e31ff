"""What was asked before there was a clock: the row of each person that was asked about longest ago takes it up."""

from django.db import migrations

TAKE_UP = """
UPDATE people_communicationneed need
SET due_on = keeper.asked_on + keeper.days, next_stage_on = keeper.asked_on + keeper.days - 14
FROM (
    SELECT DISTINCT ON (each.person_id) each.id, each.asked_on,
        coalesce((
            SELECT policy.communication_days FROM people_contactpolicy policy
            WHERE (policy.council_id = person.responsible_council_id OR policy.council_id IS NULL)
                AND policy.in_force_from <= current_date
            ORDER BY policy.council_id NULLS LAST, policy.in_force_from DESC LIMIT 1
        ), 365) AS days
    FROM people_communicationneed each
    JOIN people_person person ON person.id = each.person_id
    WHERE each.until IS NULL
    ORDER BY each.person_id, each.asked_on, each.id
) keeper
WHERE need.id = keeper.id
"""


class Migration(migrations.Migration):

    dependencies = [("people", "0017_asked_again_how_they_communicate")]

    operations = [migrations.RunSQL(TAKE_UP, migrations.RunSQL.noop)]
