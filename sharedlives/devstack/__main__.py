"""What ./run, ./test and ./bench call.

python -m sharedlives.devstack run                     the whole site
python -m sharedlives.devstack exec -- CMD             CMD on throw-away services, empty, as the owner
python -m sharedlives.devstack exec --migrated -- CMD  the same with the tables made, as the role app
python -m sharedlives.devstack join -- CMD             CMD with the environment of the running site
"""

import argparse
import os
import signal
import sys

from .serve import joined_environment, run, run_under_services


def stop_as_with_ctrl_c(number, frame):
    """A polite request to end is the same as Ctrl-C; a second one while ending changes nothing."""
    for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def parser():
    made = argparse.ArgumentParser(prog="python -m sharedlives.devstack", description=__doc__.split("\n")[0])
    modes = made.add_subparsers(dest="mode", required=True)
    modes.add_parser("run", help="the whole site")
    execute = modes.add_parser("exec", help="a command with throw-away services")
    execute.add_argument(
        "--migrated", action="store_true", help="make the tables first, and run as the role app"
    )
    execute.add_argument(
        "--durable", action="store_true", help="write as safely as production: for benchmarks"
    )
    join = modes.add_parser("join", help="a command with the environment of the site that runs now")
    for mode in (execute, join):
        mode.add_argument("command", nargs=argparse.REMAINDER, metavar="-- CMD")
    return made


def main(arguments):
    asked = parser().parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, stop_as_with_ctrl_c)
    if asked.mode == "run":
        return run()
    command = asked.command[1:] if asked.command[:1] == ["--"] else asked.command
    if not command:
        raise SystemExit("Name a command after --")
    if asked.mode == "join":
        environment = joined_environment()
        os.execvpe(command[0], command, environment)
    return run_under_services(command, migrated=asked.migrated, durable=asked.durable)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
