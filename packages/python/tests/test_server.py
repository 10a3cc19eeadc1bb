"""Starting and joining, and what is said when that is not possible."""

import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest

import certmimic
from certmimic import binary

Patch = pytest.MonkeyPatch


def test_a_server_is_started_and_ended() -> None:
    with certmimic.start("rotation") as server:
        assert server.world().export()["name"] == "rotation"
    with pytest.raises(certmimic.CertmimicError, match="No certmimic answers at http://127.0.0.1"):
        server.worlds()


def test_scenarios_compose(tmp_path: Path) -> None:
    frozen = tmp_path / "frozen.yaml"
    frozen.write_text("certmimic: 1\nclock: { now: 2026-01-15T08:00:00Z, mode: frozen }\n")
    with certmimic.start(["rotation", frozen]) as server, server.world() as world:
        assert world.clock.read()["mode"] == "frozen"
        assert world.export()["sap_api_management"]["virtual_hosts"]


def test_variables_of_the_caller_do_not_change_what_is_served(monkeypatch: Patch) -> None:
    monkeypatch.setenv("CERTMIMIC_SCENARIO", "empty")
    with certmimic.start() as server, server.world() as world:
        assert world.export()["name"] == "quickstart"


def test_a_server_that_runs_is_joined_and_left_alone(monkeypatch: Patch) -> None:
    with certmimic.start("empty") as running:
        monkeypatch.setenv("CERTMIMIC_URL", running.url)
        with certmimic.start("rotation") as server, server.world() as world:
            assert server.url == running.url
            assert world.export()["name"] == "rotation"
        assert running.worlds() == ["default"]
        with pytest.raises(certmimic.CertmimicError, match="cannot compose rotation and mine.yaml"):
            certmimic.start(["rotation", "mine.yaml"])


def test_nobody_where_a_server_is_said_to_be(monkeypatch: Patch) -> None:
    monkeypatch.setenv("CERTMIMIC_URL", "http://127.0.0.1:9")
    with pytest.raises(certmimic.CertmimicError, match="No certmimic answers at http://127.0.0.1:9"):
        certmimic.start()


def test_a_wrong_scenario_is_told_in_the_words_of_the_program() -> None:
    with pytest.raises(certmimic.StartFailed, match="quickstrat"):
        certmimic.start("quickstrat")


def test_no_program(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.delenv("CERTMIMIC_BINARY", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(metadata, "files", lambda name: [])
    with pytest.raises(certmimic.BinaryMissing, match="There is no certmimic to start: .* CERTMIMIC_BINARY"):
        certmimic.start()


def test_a_variable_that_names_no_program(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setenv("CERTMIMIC_BINARY", str(tmp_path))
    with pytest.raises(certmimic.BinaryMissing, match=f"CERTMIMIC_BINARY names {tmp_path}"):
        certmimic.start()


def test_a_program_that_is_something_else(monkeypatch: Patch) -> None:
    monkeypatch.setenv("CERTMIMIC_BINARY", sys.executable)
    with pytest.raises(certmimic.StartFailed, match="ended before it listened"):
        certmimic.start()


def test_another_version(monkeypatch: Patch) -> None:
    monkeypatch.setattr(binary, "package_version", lambda: "9.9.9")
    with pytest.raises(certmimic.VersionDiffers, match="this package 9.9.9: install the same version of both"):
        certmimic.start()


@pytest.mark.parametrize("end", ["pass", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_the_program_ends_with_its_python(end: str) -> None:
    """Without `stop`, and without a `with` block; also where nothing more can be said."""
    script = f"import certmimic; server = certmimic.start(); print(server.url, flush=True); {end}"
    url = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.strip()
    last = time.monotonic() + 20
    with pytest.raises(certmimic.CertmimicError, match="No certmimic answers"):
        while time.monotonic() < last:
            certmimic.join(url)
