"""Makes .venv with the locked packages, and this checkout's secret key. Standard library only.

`python3 scripts/bootstrap.py [--dev]`: --dev adds the tools for tests and checks. Does nothing where all is in place.
"""

import argparse
import hashlib
import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from system import install_packages, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN_TIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
KEY = ROOT / "var" / "secret-key"
OLDEST = (3, 11)


def main() -> None:
    """Brings the environment up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="with the tools for tests and checks")
    arguments = parser.parse_args()
    if sys.version_info < OLDEST:
        sys.exit(f"calcquiz needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")
    make_environment(DEVELOPMENT if arguments.dev else RUN_TIME)
    make_secret_key()


def make_environment(lock: Path) -> None:
    """Makes .venv and installs `lock`, unless a stamp says that this was done."""
    if not runs(PYTHON):
        create()
    if not stamp(lock).exists():
        install(lock)
        for covered in [RUN_TIME, lock]:  # the lock for development holds all of the other
            stamp(covered).touch()


def stamp(lock: Path) -> Path:
    """The file that says that `lock`, as it is now, is installed."""
    return VENV / f"installed-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"


def runs(python: Path) -> bool:
    """Whether it is there and new enough, which only trying it tells: a link may outlive its interpreter."""
    test = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return python.exists() and subprocess.run([str(python), "-c", test], stderr=subprocess.DEVNULL).returncode == 0


def create() -> None:
    """Makes an empty .venv for the interpreter that runs this."""
    say(f"Making .venv with Python {sys.version.split()[0]}")
    if shutil.which("uv"):
        subprocess.run(["uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)], check=True)
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = "{}.{}".format(*sys.version_info)
        install_packages("Python's own means to make environments", f"python{version}-venv")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def install(lock: Path) -> None:
    """Installs exactly what the lock names, checked by hash."""
    say(f"Installing {lock.name} into .venv")
    if shutil.which("uv"):
        command = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    else:
        quick = ["--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps"]  # the lock names all there is
        command = [str(PYTHON), "-m", "pip", "install", *quick]
    done = subprocess.run([*command, "--require-hashes", "--requirement", str(lock)])
    if done.returncode != 0:
        sys.exit("The packages could not be installed; the lines above say why. The same command goes on from here.")


def make_secret_key() -> None:
    """Keeps a random key for this checkout, readable by its owner alone."""
    KEY.parent.mkdir(exist_ok=True)
    if not KEY.exists():
        with open(os.open(KEY, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))


if __name__ == "__main__":
    main()
