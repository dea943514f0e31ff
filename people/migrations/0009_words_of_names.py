"""The words that stand in names, so that a misspelt one is compared with some thousands of words, not with every person.

The words are kept by a trigger: whatever writes a name, an action, an import or plain SQL, they are there at once.
Letters such as ł are searched and sorted as l from here on, and *O'Hara* and *O Hara* as one word.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
from django.db import migrations, models

KEEP = """
CREATE FUNCTION people_keep_name_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO people_nameword (word)
    SELECT DISTINCT said.word
    FROM written, unnest(string_to_array(written.search_name, ' ')) AS said (word)
    WHERE said.word <> '' AND NOT EXISTS (SELECT FROM people_nameword AS known WHERE known.word = said.word)
    ORDER BY said.word
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER people_keep_words_of_new AFTER INSERT ON people_person
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_keep_name_words();
CREATE TRIGGER people_keep_words_of_changed AFTER UPDATE ON people_person
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_keep_name_words();
"""
FORGET = """
DROP TRIGGER people_keep_words_of_new ON people_person;
DROP TRIGGER people_keep_words_of_changed ON people_person;
DROP FUNCTION people_keep_name_words();
"""
RESPELL = """
UPDATE people_person SET
    search_name = regexp_replace(translate(search_name, 'łđøı', 'ldoi'), '\\m(o|mc) (?=\\w)', '\\1', 'g'),
    sort_name = regexp_replace(translate(sort_name, 'łđøı', 'ldoi'), '\\m(o|mc) (?=\\w)', '\\1', 'g')
WHERE search_name ~ '[łđøı]|\\m(o|mc) \\w';
INSERT INTO people_nameword (word)
SELECT DISTINCT said.word FROM people_person, unnest(string_to_array(search_name, ' ')) AS said (word)
WHERE said.word <> '' ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_newest_sharing_decision_and_refusal")]

    operations = [
        django.contrib.postgres.operations.CreateExtension("fuzzystrmatch"),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("word", models.CharField(max_length=300, primary_key=True, serialize=False)),
            ],
        ),
        migrations.RunSQL(KEEP, FORGET),
        migrations.RunSQL(RESPELL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("search_name"),
                    models.Value(" "),
                    function="string_to_array",
                    output_field=django.contrib.postgres.fields.ArrayField(models.TextField()),
                ),
                name="people_person_words",
            ),
        ),
    ]
