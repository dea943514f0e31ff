"""Child processes that never outlive the launcher."""

import ctypes
import importlib.util
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
STOP_WITHIN = 20  # seconds between asking and killing
MOVE_AFTER = 5_000_000  # bytes of a log that a new start moves aside


class ServiceFailed(Exception):
    """A process ended, or never answered. The text says which, and where its log is."""


def dies_with_parent(sig):
    """For `preexec_fn`: the child gets `sig` when the launcher ends, even by SIGKILL. Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    libc, parent = ctypes.CDLL(None, use_errno=True), os.getpid()

    def before_exec():
        libc.prctl(PR_SET_PDEATHSIG, sig)
        if os.getppid() != parent:  # the launcher ended between fork and here
            os._exit(1)

    return before_exec


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def package_folder(name):
    """Where an installed package lies, or None. It is not imported: only its programs are wanted,
    and importing some of these packages makes folders and accounts."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def open_log(path):
    """Append to a log; a long one is first moved aside, so that a folder never grows without end."""
    if path.exists() and path.stat().st_size > MOVE_AFTER:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab")


def last_lines(path, count=8):
    if not path.exists():
        return ""
    lines = path.read_text(errors="replace").splitlines()[-count:]
    return "\n".join(f"    {line}" for line in lines)


def end(process, sig):
    """Ask a process to end, and kill it if it does not. One that has ended is left alone."""
    if process.poll() is not None:
        return
    process.send_signal(sig)
    try:
        process.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass
class Child:
    """One process: its name for people, how to end it kindly, and where it writes."""

    name: str
    process: subprocess.Popen
    log: Path
    stop_signal: int = signal.SIGTERM

    @property
    def alive(self):
        return self.process.poll() is None

    def failure(self):
        """What to tell when it ended and nobody asked it to."""
        return ServiceFailed(
            f"{self.name} ended by itself (exit {self.process.poll()}). "
            f"Its log: {self.log}\n{last_lines(self.log)}"
        )

    def stop(self):
        end(self.process, self.stop_signal)


def start(name, command, *, log, stop_signal=signal.SIGTERM, feed=None, **options):
    """Start a process that writes to `log` and ends with the launcher; `feed` is what it reads
    first.

    It gets a session of its own: Ctrl-C reaches the launcher alone, which ends the others in order.
    """
    with open_log(log) as out:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL if feed is None else subprocess.PIPE,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=dies_with_parent(stop_signal),
            **options,
        )
    if feed is not None:
        process.stdin.write(feed.encode())
        process.stdin.close()
    return Child(name=name, process=process, log=log, stop_signal=stop_signal)
