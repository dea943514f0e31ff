"""The launcher as a process: what it starts, what it leaves, and how it says no."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import psycopg2.errors
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from sharedlives.devstack import serve
from sharedlives.devstack.broker import Broker
from sharedlives.devstack.stack import ROOT, AlreadyRunning, Stack

LAUNCHER = [sys.executable, "-m", "sharedlives.devstack"]


@pytest.fixture
def nothing_given(monkeypatch):
    """An environment without services, as on a fresh machine."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


def children(pid):
    """The living processes that this one started, and theirs."""
    found = []
    for task in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = task.read_text().rsplit(")", 1)[1].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if int(parent) == pid and state != "Z":
            child = int(task.parent.name)
            found += [child, *children(child)]
    return found


def is_alive(pid):
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(true, within=20):
    until = time.monotonic() + within
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


@pytest.mark.parametrize("sig", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_the_launcher(nothing_given, tmp_path, sig):
    ready = tmp_path / "ready"
    code = f"import pathlib, time; pathlib.Path({str(ready)!r}).touch(); time.sleep(600)"
    launcher = subprocess.Popen(
        [*LAUNCHER, "exec", "--", sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        assert wait_until(ready.exists, within=60)
        started = children(launcher.pid)
        assert len(started) >= 3  # PostgreSQL with its own, the broker, the command
        launcher.send_signal(sig)
        launcher.wait(30)
        assert wait_until(lambda: not any(map(is_alive, started)))
    finally:
        launcher.kill()


def test_a_command_gets_the_owner_s_rights_and_its_exit_status_comes_back(nothing_given):
    code = (
        "import os, sys, psycopg2; c = psycopg2.connect(os.environ['DATABASE_URL']).cursor();"
        "c.execute('create table t (a int); select current_user'); print(c.fetchone()[0]); sys.exit(7)"
    )
    done = subprocess.run(
        [*LAUNCHER, "exec", "--", sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (7, "owner\n"), done.stderr


def test_addresses_in_the_environment_win_each_alone(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@127.0.0.1:1/theirs")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    stack = Stack(throwaway=True, durable=False).up()
    try:
        assert list(stack.environment) == ["REDIS_URL"]
        assert os.environ["DATABASE_OWNER_URL"] == "postgres://somebody@127.0.0.1:1/theirs"
        assert redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
    finally:
        stack.down()
    assert not stack.state.exists()


def test_the_role_app_writes_rows_and_changes_no_table(nothing_given, monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    stack = Stack(throwaway=True, durable=False).up()
    try:
        owner = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])
        owner.cursor().execute("create table room (id serial, name text)")
        owner.commit()
        app = psycopg2.connect(os.environ["DATABASE_URL"])
        cursor = app.cursor()
        cursor.execute("insert into room (name) values ('kitchen') returning id")
        assert cursor.fetchone() == (1,)
        app.commit()
        for forbidden in (
            "create table mine (a int)",
            "alter table room add b int",
            "truncate room",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(forbidden)
            app.rollback()
        cursor.execute("select similarity('Ahmad', 'Amhad') > 0, unaccent('Éva')")
        assert cursor.fetchone() == (True, "Eva")
        for connection in (owner, app):
            connection.close()
    finally:
        stack.down()


def test_a_broker_that_was_killed_comes_back_at_its_address(tmp_path):
    broker = Broker(tmp_path, tmp_path, durable=False).start()
    try:
        address = broker.url()
        with pytest.raises(redis.exceptions.AuthenticationError):
            redis.Redis(port=broker.port, retry=Retry(NoBackoff(), 0)).ping()
        broker.child.process.kill()
        broker.child.process.wait()
        assert broker.start().url() == address
        assert redis.Redis.from_url(address).ping()
    finally:
        broker.stop()


def test_a_second_run_says_where_the_first_one_is(nothing_given, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("sharedlives.devstack.stack.STATE", tmp_path / "state")
    first = Stack()
    assert serve.run() == 1
    assert "Already running (it is still starting)" in capsys.readouterr().err
    first.announce("http://127.0.0.1:8123", {})
    assert serve.run() == 1
    assert "Already running at http://127.0.0.1:8123" in capsys.readouterr().err
    first.down()
    again = Stack()
    assert not again.address_file.exists()
    again.down()


def test_who_joins_when_nothing_runs_is_told_what_to_start(monkeypatch, tmp_path):
    monkeypatch.setattr("sharedlives.devstack.serve.STATE", tmp_path)
    with pytest.raises(SystemExit, match="./run"):
        serve.joined_environment()


def test_a_secret_is_made_once_and_for_its_owner_only(monkeypatch, tmp_path):
    monkeypatch.setattr("sharedlives.devstack.stack.STATE", tmp_path / "state")
    stack = Stack()
    secret = stack.secret_key()
    assert len(secret) >= 50
    assert stack.secret_key() == secret
    assert (stack.state / "secret-key").stat().st_mode & 0o077 == 0
    with pytest.raises(AlreadyRunning):
        Stack()
    stack.down()
