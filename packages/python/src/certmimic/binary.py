"""Where the program is: named by CERTMIMIC_BINARY, in this package's wheel, or on PATH."""

from __future__ import annotations

import os
import shutil
from importlib import metadata
from pathlib import Path

from certmimic.control import CertmimicError

NAMES = ("certmimic", "certmimic.exe")


class BinaryMissing(CertmimicError):
    """There is no program to start."""


def find() -> Path:
    """The program to start."""
    named = os.environ.get("CERTMIMIC_BINARY")
    if named:
        return _runnable(Path(named))
    found = _of_the_wheel() or shutil.which("certmimic")
    if found is None:
        raise BinaryMissing(
            "There is no certmimic to start: install a wheel of this package that carries it, put it on PATH, name it in "
            "CERTMIMIC_BINARY, or name a server that runs in CERTMIMIC_URL."
        )
    return Path(found)


def package_version() -> str | None:
    """The version of this package; none where it runs from its sources."""
    try:
        return metadata.version("certmimic")
    except metadata.PackageNotFoundError:
        return None


def _runnable(path: Path) -> Path:
    if not (path.is_file() and os.access(path, os.X_OK)):
        raise BinaryMissing(f"CERTMIMIC_BINARY names {path}, which is no program that can be run: name the certmimic binary.")
    return path


def _of_the_wheel() -> Path | None:
    try:
        files = metadata.files("certmimic") or []
    except metadata.PackageNotFoundError:
        return None
    programs = (Path(str(file.locate())) for file in files if file.name in NAMES)
    return next((program for program in programs if program.is_file()), None)
