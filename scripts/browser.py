"""Sees to it that browser tests have Chromium. Standard library only."""

import shutil
from ctypes.util import find_library

from system import install_packages

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Installs what is missing, or says what to run."""
    if not any(map(shutil.which, NAMES)) or find_library("atomic") is None:
        install_packages("Chromium for the browser tests", "chromium", "libatomic1", "fonts-dejavu-core")


if __name__ == "__main__":
    main()
