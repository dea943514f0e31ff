"""The two services together, with the folder they live in and the environment they give."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from .accounts import Account, outside_folder, temporary_root
from .broker import Broker
from .postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".devstack"
THROWAWAY = "sharedlives-throwaway-"
ABANDONED_AFTER = 120  # seconds; a younger folder may belong to a start that has not locked it yet


class AlreadyRunning(Exception):
    """Another launcher holds this checkout. The text is its address, empty while it starts."""


def lock_folder(folder):
    """Hold the folder until this process ends, however it ends. None if somebody else holds it."""
    handle = (folder / "lock").open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def clear_abandoned(within):
    """Remove what throw-away stacks left that were killed with -9: ours, and locked by nobody."""
    for folder in within.glob(f"{THROWAWAY}*"):
        with contextlib.suppress(FileNotFoundError):  # another start clears up at the same moment
            facts = folder.lstat()
            if facts.st_uid != os.geteuid() or time.time() - facts.st_mtime < ABANDONED_AFTER:
                continue
            if lock := lock_folder(folder):
                shutil.rmtree(folder, ignore_errors=True)
                lock.close()


class Stack:
    """The services of one checkout. A throw-away stack has a folder of its own and leaves nothing.

    `as_owner` gives the owner's rights to whoever gets the environment: tests make and drop
    databases.
    """

    def __init__(self, *, throwaway=False, durable=True, as_owner=False):
        self.throwaway, self.durable, self.as_owner = throwaway, durable, as_owner
        self.state = self.new_folder() if throwaway else self.kept_folder()
        self.logs = self.state / "logs"
        self.logs.mkdir(exist_ok=True)
        self.lock = lock_folder(self.state)
        if self.lock is None:
            raise AlreadyRunning(self.address_file.read_text() if self.address_file.exists() else "")
        self.services, self.environment = [], {}

    def new_folder(self):
        clear_abandoned(temporary_root())
        folder = Path(tempfile.mkdtemp(prefix=THROWAWAY, dir=temporary_root()))
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        return folder

    def kept_folder(self):
        try:
            STATE.mkdir(exist_ok=True)
        except OSError as error:
            raise SystemExit(
                f"Cannot write to {ROOT} ({error.strerror}). Clone it to a folder of your own."
            ) from error
        STATE.chmod(0o711 if os.geteuid() == 0 else 0o700)
        return STATE

    @property
    def address_file(self):
        return self.state / "address"

    @property
    def environment_file(self):
        return self.state / "environment.json"

    def secret_key(self):
        """Made once, so that sessions live through a restart."""
        path = self.state / "secret-key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50))
        return path.read_text()

    def start_postgres(self):
        account = Account.for_postgres()
        reached = account.reaches(self.state)
        folder = self.state if reached else outside_folder("sharedlives-data", self.state)
        server = Postgres(folder, self.logs, durable=self.durable, account=account)
        self.services.append(server)
        server.start().prepare(tests=self.as_owner)
        self.environment |= {
            "DATABASE_URL": server.url("owner" if self.as_owner else "app"),
            "DATABASE_OWNER_URL": server.url("owner"),
        }

    def start_broker(self):
        server = Broker(self.state, self.logs, durable=self.durable)
        self.services.append(server)
        self.environment["REDIS_URL"] = server.start().url()

    def up(self):
        """Start what the environment does not name, and add it to the environment of this process."""
        try:
            if not os.environ.get("DATABASE_URL"):
                self.start_postgres()
            if not os.environ.get("REDIS_URL"):
                self.start_broker()
        except BaseException:
            self.down()
            raise
        os.environ.update(self.environment)
        if not os.environ.get("DATABASE_OWNER_URL"):
            os.environ["DATABASE_OWNER_URL"] = os.environ["DATABASE_URL"]
        if not os.environ.get("SECRET_KEY"):
            os.environ["SECRET_KEY"] = self.secret_key()
        return self

    def announce(self, address, environment):
        """Leave word for a second `./run` and for `./run manage`: where it is, and how to join it."""
        self.address_file.write_text(address)
        self.environment_file.touch(mode=0o600)
        self.environment_file.write_text(json.dumps(environment))

    def children(self):
        return [service.child for service in self.services if service.child]

    def down(self):
        while self.services:
            self.services.pop().stop()
        if self.throwaway:
            shutil.rmtree(self.state, ignore_errors=True)
        else:
            self.address_file.unlink(missing_ok=True)
            self.environment_file.unlink(missing_ok=True)
        self.lock.close()
