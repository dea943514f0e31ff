from django.db import migrations


class Migration(migrations.Migration):
    """The cache lives in the database, so that pages answer while the broker is away."""

    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
            CREATE TABLE records_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX records_cache_expires ON records_cache (expires);
            """,
            reverse_sql="DROP TABLE records_cache;",
        )
    ]
