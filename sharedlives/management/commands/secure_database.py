"""Grant the web's database role what it needs, and take away what it must never do."""

from django.core.management.base import BaseCommand
from django.db import connection

APPEND_ONLY = "records_accesslogentry"


class Command(BaseCommand):
    help = (
        "Run as the role that owns the tables, after each migrate. The role `app` may read and write rows, "
        "but history and the access log only grow: no update, no delete, no truncate there."
    )

    def add_arguments(self, parser):
        parser.add_argument("--role", default="app")

    def handle(self, *, role, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                self.stdout.write(f"There is no database role {role}; nothing to do.")
                return
            cursor.execute("SELECT current_user")
            if cursor.fetchone()[0] == role:
                self.stdout.write(f"Running as {role} itself: nothing is granted or taken away.")
                return
            name = connection.ops.quote_name(role)
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
            for table in self.append_only(cursor):
                quoted = connection.ops.quote_name(table)
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {quoted} FROM {name}")
        self.stdout.write(f"The role {role} may work; history and the access log only grow.")

    def append_only(self, cursor):
        tables = connection.introspection.table_names(cursor)
        return [t for t in tables if "_historical" in t or t == APPEND_ONLY]
