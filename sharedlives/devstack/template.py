"""Migrations run once per change of theirs, not once per test run.

The first run of the tests migrates a template database for real and keeps a dump of it, named after the content
of every migration; later runs restore that dump. Each test database is a copy of the template, and Django still
applies whatever the template lacks.
"""

import hashlib
import os
import subprocess
import sys

from psycopg2 import sql

from .stack import ROOT, STATE

NAME = "migrated_template"
KEPT = STATE / "migrated"


def fingerprint():
    """Changes with any migration, ours or a library's (by the pinned requirements)."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("sharedlives/*/migrations/*.py")):
        digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def prepare(server):
    """Make the template in a throw-away cluster and name it to Django by TEST_DATABASE_TEMPLATE."""
    server.execute("postgres", sql.SQL("create database {} owner owner").format(sql.Identifier(NAME)))
    url = server.url("owner").rsplit("/", 1)[0] + f"/{NAME}"
    dump = KEPT / f"{fingerprint()}.dump"
    if not (dump.exists() and restore(server, url, dump)):
        migrate(url)
        keep(server, url, dump)
    os.environ["TEST_DATABASE_TEMPLATE"] = NAME


def migrate(url):
    environment = os.environ | {"DATABASE_URL": url, "DATABASE_OWNER_URL": url}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True, cwd=ROOT, env=environment
    )


def keep(server, url, dump):
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in sorted(KEPT.glob("*.dump"), key=lambda path: path.stat().st_mtime)[:-3]:
        old.unlink(missing_ok=True)
    part = dump.with_suffix(f".{os.getpid()}.part")
    command = [server.programs / "pg_dump", "--format=custom", "--no-comments", "--no-privileges", url]
    with part.open("wb") as file:
        subprocess.run(command, check=True, stdout=file)
    part.rename(dump)


def restore(server, url, dump):
    """Fill the template from a dump. False where it does not fit this server: then the migrations run."""
    command = [
        server.programs / "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--dbname",
        url,
        dump,
    ]
    return subprocess.run(command, capture_output=True).returncode == 0
