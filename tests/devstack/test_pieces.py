"""The parts of the launcher that need no server."""

import os
import socket
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sharedlives.devstack import benches, postgres, serve, signins, stack
from sharedlives.devstack.accounts import Account, outside_folder, temporary_root
from sharedlives.devstack.processes import ServiceFailed, last_lines, open_log, port_is_free, start


@pytest.mark.parametrize("text", ["", "0", "65536", "http", "-1", "80 01", "8000x"])
def test_a_port_that_is_none_is_refused_with_an_example(text):
    with pytest.raises(SystemExit, match="PORT=8001"):
        serve.chosen_port(text)


@pytest.mark.parametrize(("text", "port"), [("1", 1), ("8000", 8000), ("65535", 65535)])
def test_a_port_is_a_number(text, port):
    assert serve.chosen_port(text) == port


def test_a_port_in_use_is_named_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not port_is_free(port)
        with pytest.raises(SystemExit, match=f"Port {port} is in use.*PORT={port + 1} ./run"):
            serve.wait_for_port(port, former_run=False)
    serve.wait_for_port(port, former_run=False)


def test_a_variable_that_is_set_wins_over_the_demo(monkeypatch, tmp_path):
    monkeypatch.setenv("SITE_URL", "https://mine.example.org")
    monkeypatch.delenv("DEMO", raising=False)
    given = serve.site_environment(type("Stack", (), {"state": tmp_path}), "http://127.0.0.1:8000")
    assert given["SITE_URL"] == "https://mine.example.org"
    assert given["DEMO"] == "1"


def test_the_sign_in_table_names_every_account_and_the_password():
    table = signins.table("http://127.0.0.1:8000")
    assert len(signins.SEES) == 8
    for name in signins.SEES:
        assert f"{name}@example.org" in table
    assert "shared-lives-demo" in table
    assert max(len(line) for line in table.splitlines()) <= 100


@pytest.fixture
def open_folder():
    """A folder that every account may enter; pytest's own temporary folders are closed to others."""
    with tempfile.TemporaryDirectory(dir=temporary_root()) as name:
        Path(name).chmod(0o711)
        yield Path(name)


def test_a_folder_closed_to_strangers_is_not_reached_by_a_lent_account(open_folder):
    home = open_folder / "home"
    checkout = home / "checkout"
    for folder in (home, checkout):
        folder.mkdir(mode=0o711)
    lent = Account(entry="somebody")
    assert lent.reaches(checkout)
    home.chmod(0o700)
    assert not lent.reaches(checkout)
    assert Account().reaches(checkout)


def test_a_folder_outside_is_refused_when_it_is_a_link(monkeypatch, tmp_path):
    monkeypatch.setattr("sharedlives.devstack.accounts.temporary_root", lambda: tmp_path)
    made = outside_folder("data", "/home/a/checkout")
    assert outside_folder("data", "/home/a/checkout") == made
    assert outside_folder("data", "/home/b/checkout") != made
    made.rmdir()
    made.symlink_to(tmp_path)
    with pytest.raises(SystemExit, match="belongs to somebody else"):
        outside_folder("data", "/home/a/checkout")


def test_what_a_killed_stack_left_is_cleared_but_not_what_is_young_or_held(tmp_path):
    left, young, held = (tmp_path / f"{stack.THROWAWAY}{name}" for name in ("left", "young", "held"))
    for folder in (left, young, held):
        folder.mkdir()
    lock = stack.lock_folder(held)
    old = time.time() - stack.ABANDONED_AFTER - 10
    for folder in (left, held):
        os.utime(folder, (old, old))
    stack.clear_abandoned(tmp_path)
    assert not left.exists()
    assert young.exists()
    assert held.exists()
    lock.close()


def test_only_a_living_server_is_waited_for(tmp_path):
    assert not postgres.is_postgres("")
    assert not postgres.is_postgres("999999999")
    assert not postgres.is_postgres(str(os.getpid()))


def test_a_child_that_ends_by_itself_is_told_with_its_log(tmp_path):
    log = tmp_path / "worker.log"
    code = "print('the reason'); raise SystemExit(3)"
    child = start("The worker", [sys.executable, "-c", code], log=log)
    child.process.wait(20)
    with pytest.raises(ServiceFailed, match=r"The worker ended by itself \(exit 3\)") as told:
        serve.raise_for_dead([child])
    assert str(log) in str(told.value)
    assert "the reason" in str(told.value)


def test_a_long_log_is_moved_aside(tmp_path, monkeypatch):
    monkeypatch.setattr("sharedlives.devstack.processes.MOVE_AFTER", 10)
    log = tmp_path / "web.log"
    for text in (b"a first long line\n", b"second\n"):
        with open_log(log) as out:
            out.write(text)
    assert last_lines(log).strip() == "second"
    assert "first" in (tmp_path / "web.old.log").read_text()


def test_benchmarks_are_listed_with_what_they_say(tmp_path):
    (tmp_path / "pages.py").write_text('"""How fast pages are.\n\nMore."""\n')
    (tmp_path / "__init__.py").write_text('"""Not one."""\n')
    assert list(benches.benchmarks(tmp_path)) == [("pages", "How fast pages are.")]
