"""Servers: started for the run, or joined where one runs already."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from certmimic import binary
from certmimic.control import CertmimicError, Control, given
from certmimic.world import World

PATIENCE = 20.0
"""Seconds that a server may take to listen, and to end."""

Scenario = str | os.PathLike[str]


class StartFailed(CertmimicError):
    """The program ended, or did not listen in time."""


class VersionDiffers(CertmimicError):
    """The program is of another version than this package."""


class Server:
    """A server with its worlds; ended by `stop`, or at the end of a `with` block."""

    def __init__(self, url: str, process: _Process | None = None, scenario: str | None = None) -> None:
        self._process = process
        self._scenario = scenario
        self._control = Control(url)
        self._check_version()

    @property
    def url(self) -> str:
        """Where it listens."""
        return self._control.url

    def world(self, name: str | None = None, *, scenario: str | None = None) -> World:
        """A new world: of the server's scenario or of another built-in one, with a name of its own unless it is given one."""
        name = name or f"world-{uuid.uuid4().hex[:12]}"
        scenario = scenario or self._scenario
        origin = f"scenario:{scenario}" if scenario else None
        self._control.call("POST", "worlds", given(name=name, **{"from": origin}))
        return World(self.url, name)

    def worlds(self) -> list[str]:
        """The names of the worlds that there are, `default` first."""
        return [world["name"] for world in self._control.call("GET", "worlds")["worlds"]]

    def coverage(self, format: str = "text") -> str:
        """What the clients of all worlds have met of the documented answers: text, markdown, junit, html or json."""
        return self._control.text("GET", "coverage", worlds="all", format=format)

    def stop(self) -> None:
        """Ends it, if it was started and not joined."""
        if self._process:
            self._process.stop()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _check_version(self) -> None:
        own, other = binary.package_version(), self._control.call("GET", "health").get("version")
        if own is not None and own != other:
            self.stop()
            raise VersionDiffers(
                f"The certmimic at {self._process.program if self._process else self.url} has version {other}, this package "
                f"{own}: install the same version of both."
            )


def start(scenario: Scenario | Sequence[Scenario] | None = None, *, options: Sequence[str] = ()) -> Server:
    """Starts a server on a free port, or joins the one that CERTMIMIC_URL names.

    `scenario` is the name of a built-in scenario or a file; several compose. `options` are more of `certmimic serve`. A
    server that is joined has its scenario and options; there a built-in `scenario` is what worlds are made of.
    """
    scenarios = _several(scenario)
    running = os.environ.get("CERTMIMIC_URL")
    if running:
        return join(running, scenario=_built_in(scenarios, running))
    process = _Process(binary.find(), scenarios, options)
    return Server(process.url, process)


def join(url: str, *, scenario: str | None = None) -> Server:
    """Joins a server that runs already; `stop` leaves it alone."""
    return Server(url, scenario=scenario)


def _several(scenario: Scenario | Sequence[Scenario] | None) -> list[str]:
    if scenario is None:
        return []
    return [os.fspath(one) for one in ([scenario] if isinstance(scenario, (str, os.PathLike)) else scenario)]


def _built_in(scenarios: Sequence[str], running: str) -> str | None:
    if len(scenarios) > 1:
        raise CertmimicError(
            f"The server that CERTMIMIC_URL names ({running}) cannot compose {' and '.join(scenarios)}: start it with these "
            "scenarios, and leave them out here."
        )
    return scenarios[0] if scenarios else None


class _Process:
    """The program, listening."""

    def __init__(self, program: Path, scenarios: Sequence[str], options: Sequence[str]) -> None:
        self.program = program
        said = [argument for scenario in scenarios for argument in ("--scenario", scenario)]
        self._folder = tempfile.TemporaryDirectory(prefix="certmimic-")
        self._port_file, self._log = Path(self._folder.name) / "port", Path(self._folder.name) / "log"
        command: list[str | Path] = [program, "serve", "--listen", "127.0.0.1:0", "--port-file", self._port_file]
        with self._log.open("wb") as log:
            # It ends with its input, which is this process' end at the latest, however that comes.
            self._child = subprocess.Popen(
                [*command, "--end-with-input", *said, *options],
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        atexit.register(self.stop)
        try:
            self.url = f"http://127.0.0.1:{self._port()}"
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        atexit.unregister(self.stop)
        assert self._child.stdin
        self._child.stdin.close()
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._folder.cleanup()

    def _port(self) -> int:
        """The port that it picked. The file is moved into place whole."""
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            if self._port_file.exists():
                return int(self._port_file.read_text().split()[0])
            if self._child.poll() is not None:
                raise StartFailed(f"{self.program} ended before it listened: {self._log.read_text().strip()}")
            time.sleep(0.005)
        raise StartFailed(f"{self.program} did not listen within {PATIENCE:.0f} seconds: {self._log.read_text().strip()}")


def _environment() -> dict[str, str]:
    """That of this process, without the variables that would change what is served."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CERTMIMIC_")}
