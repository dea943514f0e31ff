"""Is the system fit to be relied upon? Asked by /readyz, and told to an outside address that misses our silence."""

import functools
import logging
import urllib.request
from dataclasses import dataclass, field

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from redis.backoff import NoBackoff
from redis.retry import Retry

from . import jobs

log = logging.getLogger(__name__)

BROKER_WITHIN = 0.5  # seconds
HEARTBEAT_WITHIN = 10  # seconds


@dataclass(frozen=True)
class Health:
    """What was found. The broker alone does not make it unfit: the web answers without it, and jobs catch up."""

    migrations_missing: list = field(default_factory=list)
    broker: bool = True
    last_runs: dict = field(default_factory=dict)
    late: list = field(default_factory=list)

    @property
    def fit(self):
        return not self.migrations_missing and not self.late


def look():
    """Ask everything. Raises OperationalError while the database is away."""
    missing = migrations_missing()
    if missing:  # the tables that the rest reads may not be there yet
        return Health(migrations_missing=missing, broker=broker_answers())
    runs = jobs.last_runs()
    late = [job for job, _at in jobs.late()]
    return Health(broker=broker_answers(), last_runs=runs, late=late)


@functools.cache
def migrations_here():
    """The migrations that this program brings. They do not change while it runs."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def migrations_missing():
    """Names of migrations that the database has not had."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in migrations_here() - applied.keys())


def broker_answers():
    """Half a second at most: nothing waits for the broker."""
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=BROKER_WITHIN,
        socket_timeout=BROKER_WITHIN,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()


def send_heartbeat():
    """Tell the outside address that all is well; stay silent when it is not, so that somebody there wakes up.

    Returns whether it was told.
    """
    if not settings.HEARTBEAT_URL:
        return False
    if not settings.HEARTBEAT_URL.startswith(("https://", "http://")):
        log.error("HEARTBEAT_URL is not a web address")
        return False
    if not look().fit:
        return False
    try:
        with urllib.request.urlopen(settings.HEARTBEAT_URL, timeout=HEARTBEAT_WITHIN) as answer:  # noqa: S310
            return answer.status < 300
    except OSError:
        log.warning("the outside address for heartbeats does not answer")
        return False
