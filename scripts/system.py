"""What the operating system has to offer: its packages, by Debian's names. Standard library only."""

import os
import shutil
import subprocess
import sys


def say(message: str) -> None:
    """Prints at once, also where the output is a pipe."""
    print(message, flush=True)


def install_packages(why: str, *names: str) -> None:
    """Installs Debian packages as root; otherwise prints the line that does, and exits 1."""
    commands = [["apt-get", "update"], ["apt-get", "install", "-y", *names]]
    line = " && ".join(" ".join(command) for command in commands)
    if shutil.which("apt-get") is None:
        sys.exit(f"calcquiz needs {why}. Debian's packages are: {' '.join(names)}; please install the like of them.")
    if os.geteuid() != 0:
        sys.exit(f"calcquiz needs {why}. As root, please run:\n    {line}")
    say(f"Installing {why}: {line}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)} failed; the lines above say why.")
