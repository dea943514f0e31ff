"""Notes that were written before the log had a clock: one of each person takes it up, as a new one would."""

from django.db import migrations

TAKE_UP = """
UPDATE people_contactnote note
SET due_on = keeper.day + keeper.days, next_stage_on = keeper.day + keeper.days - 14
FROM (
    SELECT DISTINCT ON (each.person_id) each.id,
        (each.happened_at AT TIME ZONE 'Europe/London')::date AS day,
        coalesce((
            SELECT policy.days FROM people_contactpolicy policy
            WHERE (policy.council_id = person.responsible_council_id OR policy.council_id IS NULL)
                AND policy.in_force_from <= current_date
            ORDER BY policy.council_id NULLS LAST, policy.in_force_from DESC LIMIT 1
        ), 90) AS days
    FROM people_contactnote each
    JOIN people_person person ON person.id = each.person_id AND person.date_of_death IS NULL
    JOIN people_organisation organisation ON organisation.id = each.organisation_id
    WHERE NOT EXISTS (SELECT FROM people_noteenteredinerror error WHERE error.note_id = each.id)
    ORDER BY each.person_id, (each.saw_person AND organisation.kind = 'team') DESC,
        CASE WHEN each.saw_person AND organisation.kind = 'team' THEN each.happened_at END DESC, each.happened_at
) keeper
WHERE note.id = keeper.id
"""


class Migration(migrations.Migration):

    dependencies = [("people", "0015_seen_again_by_a_day")]

    operations = [migrations.RunSQL(TAKE_UP, migrations.RunSQL.noop)]
