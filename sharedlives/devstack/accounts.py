"""Which account a server runs as, and which folders that account can enter."""

import os
import pwd
import stat
import tempfile
import zlib
from pathlib import Path

SHARED_TEMPORARY = ("/var/tmp", "/tmp")


class Account:
    """The account for PostgreSQL, which refuses to run as root.

    An ordinary user runs it as himself. Root lends it the account `postgres`, else `nobody`;
    no account is made and no folder of anyone is opened up for it.
    """

    def __init__(self, entry=None):
        self.entry = entry

    @classmethod
    def for_postgres(cls):
        if os.geteuid() != 0:
            return cls()
        for name in ("postgres", "nobody"):
            if name in {entry.pw_name for entry in pwd.getpwall()}:
                return cls(pwd.getpwnam(name))
        raise SystemExit(
            "PostgreSQL does not run as root, and this machine has neither an account postgres "
            "nor nobody. Run this as an ordinary user, or set DATABASE_URL."
        )

    @property
    def lent(self):
        return self.entry is not None

    def popen_options(self):
        """The part of `subprocess.Popen` that changes to this account."""
        if not self.lent:
            return {}
        return {"user": self.entry.pw_uid, "group": self.entry.pw_gid, "extra_groups": []}

    def give(self, path, mode):
        path.chmod(mode)
        if self.lent:
            os.chown(path, self.entry.pw_uid, self.entry.pw_gid)

    def reaches(self, path):
        """Can this account enter the folder? A lent account must get through every folder above it
        as a stranger.
        """
        if not self.lent:
            return True
        path = Path(path).resolve()
        return all(part.stat().st_mode & stat.S_IXOTH for part in [path, *path.parents] if part.is_dir())


def temporary_root():
    """The first temporary folder that every account can enter. `TMPDIR` may be private to one."""
    for folder in SHARED_TEMPORARY:
        if os.access(folder, os.W_OK | os.X_OK):
            return Path(folder)
    return Path(tempfile.gettempdir())


def outside_folder(name, path):
    """A lasting folder outside a closed home, one for each `path`; refused if somebody else made it
    first.
    """
    folder = temporary_root() / f"{name}-{os.geteuid()}-{zlib.crc32(str(path).encode()):08x}"
    folder.mkdir(mode=0o711, exist_ok=True)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid():
        raise SystemExit(f"{folder} belongs to somebody else. Remove it, or set DATABASE_URL.")
    folder.chmod(0o711)
    return folder
