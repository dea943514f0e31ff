"""The whole site from one command: services, tables, demo data, web, worker, clock, and a mailbox
for what it sends.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from . import signins
from .processes import Child, ServiceFailed, dies_with_parent, end, free_port, port_is_free, start
from .stack import ROOT, STATE, AlreadyRunning, Stack

DEFAULT_PORT = "8000"
FORMER_PORT_WITHIN = 15  # seconds a killed run's web server may need to let go of its port
ANSWERS_WITHIN = 60
LOOK_EVERY = 0.3
SHUTDOWN = "Stopping."


def say(text):
    """To standard error: standard output belongs to the command that runs under the services."""
    print(text, file=sys.stderr, flush=True)


def chosen_port(text):
    """The port as a number. Raises SystemExit with what to do when it is none."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SystemExit(f"PORT is {text!r}. Give a number from 1 to 65535, for example: PORT=8001 ./run")
    return int(text)


def wait_for_port(port, former_run):
    """Refuse a port that somebody uses; wait a little when it may be our own last run, still
    ending.
    """
    until = time.monotonic() + (FORMER_PORT_WITHIN if former_run else 0)
    while not port_is_free(port):
        if time.monotonic() >= until:
            raise SystemExit(
                f"Port {port} is in use by another program. "
                f"Choose another one, for example: PORT={port + 1} ./run"
            )
        time.sleep(0.2)


def site_environment(stack, address):
    """What the settings read. A variable that is already set wins."""
    static = stack.state / "static"
    defaults = {
        "SITE_URL": address,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SECURE_COOKIES": "0",  # plain http, on this machine only
        "DEMO": "1",
        "DEFAULT_FROM_EMAIL": "Hearthkeep demo <no-reply@example.org>",
        "STATIC_ROOT": str(static),
        "DJANGO_SETTINGS_MODULE": "sharedlives.settings",
        "PYTHONUNBUFFERED": "1",
    }
    static.mkdir(exist_ok=True)
    return defaults | os.environ


def as_owner(environment):
    return environment | {"DATABASE_URL": environment["DATABASE_OWNER_URL"]}


def manage(*arguments, environment):
    """Run one management command to its end. Raises ServiceFailed with its name."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )
    if done.returncode:
        raise ServiceFailed(
            f"manage.py {' '.join(arguments)} failed (exit {done.returncode}); it says why above."
        )


def prepare_database(environment):
    """Migrate as the owner, then take from the role `app` what it must not do."""
    manage("migrate", "--noinput", "-v0", environment=as_owner(environment))
    manage("secure_database", environment=as_owner(environment))


def web_command(port, workers=2):
    """The web process as production starts it, on this machine only."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "sharedlives.wsgi:application",
        f"--config={ROOT / 'deploy' / 'gunicorn.conf.py'}",
        f"--bind=127.0.0.1:{port}",
        f"--workers={workers}",
    ]


def worker_command():
    return [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "sharedlives",
        "worker",
        "--concurrency=1",
        "--loglevel=info",
    ]


def clock_command():
    return [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "sharedlives",
        "beat",
        "--pidfile=",
        "--loglevel=info",
    ]


def start_mailbox(stack, environment):
    """A mail server that keeps every mail as a file, unless the environment names a real one."""
    if environment.get("EMAIL_HOST"):
        return []
    environment |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(free_port())}
    listen = f"{environment['EMAIL_HOST']}:{environment['EMAIL_PORT']}"
    handler = ["-c", "aiosmtpd.handlers.Mailbox", stack.state / "mail"]
    command = [sys.executable, "-m", "aiosmtpd", "--nosetuid", "--listen", listen, *handler]
    return [start("The mailbox", command, log=stack.logs / "mail.log", cwd=ROOT)]


def start_site(site, stack, port, environment):
    """Start the processes one by one into the list `site`: what has started can be stopped if a
    later one fails.
    """
    commands = {
        "The web server": ("web", web_command(port)),
        "The worker": ("worker", worker_command()),
        "The clock": ("clock", clock_command()),
    }
    site += start_mailbox(stack, environment)
    for name, (log, command) in commands.items():
        site.append(
            start(
                name,
                command,
                log=stack.logs / f"{log}.log",
                cwd=ROOT,
                env=environment | {"APPLICATION_NAME": f"sharedlives {log}"},
            )
        )


def wait_until_it_answers(address, children):
    until = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < until:
        raise_for_dead(children)
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    web = next(child for child in children if child.name == "The web server")
    raise ServiceFailed(f"{address}/healthz does not answer. Its log: {web.log}")


def raise_for_dead(children: list[Child]):
    for child in children:
        if not child.alive:
            raise child.failure()


def load(stack, environment):
    """Tables, rights, static files, and demo data if there is nobody yet."""
    say("Making the tables (half a minute the first time) ...")
    prepare_database(environment)
    say("Collecting style sheets, scripts and fonts ...")
    manage("collectstatic", "--noinput", "-v0", environment=environment)
    say("Loading the demo data, if there is nobody yet ...")
    manage("seed_demo", "--if-empty", environment=as_owner(environment))


def run():
    """Everything, until Ctrl-C or until one process ends by itself. Returns the exit status."""
    begun = time.monotonic()
    port = chosen_port(os.environ.get("PORT") or DEFAULT_PORT)
    address = f"http://127.0.0.1:{port}"
    try:
        stack = Stack()
    except AlreadyRunning as other:
        where = f"at {other}" if str(other) else "(it is still starting)"
        say(f"Already running {where}. Stop it with Ctrl-C where it was started.")
        return 1
    site = []
    try:
        wait_for_port(port, former_run=stack.address_file.exists())
        say("Starting PostgreSQL and the broker ...")
        stack.up()
        environment = site_environment(stack, address)
        load(stack, environment)
        say("Starting web server, worker and clock ...")
        start_site(site, stack, port, environment)
        children = stack.children() + site
        wait_until_it_answers(address, children)
        stack.announce(address, environment)
        print(signins.table(address), flush=True)
        say(f"Up after {time.monotonic() - begun:.0f} s. Logs: {stack.logs}")
        say(f"Every mail it sends is kept in {stack.state}/mail/new")
        say("Ctrl-C stops everything.")
        while True:
            raise_for_dead(children)
            time.sleep(LOOK_EVERY)
    except ServiceFailed as failure:
        say(str(failure))
        return 1
    except KeyboardInterrupt:
        say(SHUTDOWN)
        return 0
    finally:
        for child in reversed(site):
            child.stop()
        stack.down()


def joined_environment():
    """The environment of the site that runs now. Raises SystemExit when none does."""
    path = STATE / "environment.json"
    if not path.exists():
        raise SystemExit(
            "Nothing runs in this checkout. Start it with ./run, then try again in a second window."
        )
    return json.loads(path.read_text())


def run_to_its_end(command, environment):
    """Run a command in this terminal; when this launcher is asked to stop, the command is asked too
    and waited for.
    """
    process = subprocess.Popen(command, env=environment, preexec_fn=dies_with_parent(signal.SIGTERM))
    try:
        return process.wait()
    finally:
        end(process, signal.SIGTERM)


def run_under_services(command, *, migrated, durable):
    """Run one command with throw-away services round it. Returns its exit status.

    Plainly, it gets the owner's rights and an empty database. `migrated` gives it the tables and
    the rights of `app`.
    """
    stack = Stack(throwaway=True, durable=durable, as_owner=not migrated)
    try:
        stack.up()
        environment = site_environment(stack, "http://127.0.0.1:8000")
        if migrated:
            say("Making the tables ...")
            prepare_database(environment)
            manage("collectstatic", "--noinput", "-v0", environment=environment)
        return run_to_its_end(command, environment)
    except ServiceFailed as failure:
        say(str(failure))
        return 1
    except KeyboardInterrupt:
        say(SHUTDOWN)
        return 130
    finally:
        stack.down()
