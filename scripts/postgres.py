"""Runs a command beside a temporary PostgreSQL server that CALCQUIZ_DATABASE_URL names. Standard library only.

`python3 scripts/postgres.py COMMAND ARGUMENT...`: exits as the command does.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from system import install_packages

TOOLS = ("initdb", "pg_ctl", "postgres")
INITDB = "--username=calcquiz --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync".split()
FOR_SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def main() -> None:
    """Starts the server, runs the command, stops the server."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with server(find_tools()) as url:
        code = subprocess.run(sys.argv[1:], env={**os.environ, "CALCQUIZ_DATABASE_URL": url}).returncode
    sys.exit(code)


def find_tools() -> Path:
    """The folder of PostgreSQL's programs, installed if need be; the newest of several."""
    found = search()
    if found is None:
        install_packages("PostgreSQL for the tests", "postgresql")
        found = search()
    if found is None:
        sys.exit("PostgreSQL is installed, but its initdb is neither on the path nor below /usr/lib/postgresql.")
    return found


def search() -> Path | None:
    """The first folder whose programs are all there."""
    on_path = shutil.which("initdb")
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -int(folder.parent.name))
    folders = [*([Path(on_path).resolve().parent] if on_path else []), *newest_first]
    return next((folder for folder in folders if all((folder / tool).exists() for tool in TOOLS)), None)


@contextmanager
def server(tools: Path) -> Iterator[str]:
    """A running server's URL. As root it belongs to another user, since PostgreSQL refuses to run as root."""
    user = unprivileged_user()
    with tempfile.TemporaryDirectory(prefix="calcquiz-postgres-") as folder:
        data, port = Path(folder) / "data", free_port()
        if user:
            shutil.chown(folder, user)
        call(user, tools / "initdb", "-D", data, *INITDB)
        options = f"-h 127.0.0.1 -p {port} -c unix_socket_directories= {FOR_SPEED}"
        call(user, tools / "pg_ctl", "-D", data, "-l", Path(folder) / "log", "-o", options, "-w", "start")
        try:
            yield f"postgres://calcquiz@127.0.0.1:{port}/postgres"
        finally:
            call(user, tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def unprivileged_user() -> str | None:
    """None where this is not run as root: then the server runs as whoever runs this."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def call(user: str | None, *command: object) -> None:
    """Runs one of PostgreSQL's programs quietly; shows what it said if it fails."""
    account: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    done = subprocess.run(
        [str(word) for word in command], cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **account
    )
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed:\n{done.stdout}")


if __name__ == "__main__":
    main()
