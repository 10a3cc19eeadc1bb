"""The pytest plugin: a server a run, a world a test, and what the world was asked below a failing test.

A test says of which scenario its world is by `@pytest.mark.certmimic(scenario=…)`: a built-in one, or a file.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from certmimic.control import CertmimicError
from certmimic.server import Scenario, Server, start
from certmimic.world import World

_WORLD = pytest.StashKey[World]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("certmimic_scenario", "scenarios that the server starts from: names of built-in ones, or files", type="args")
    parser.addini("certmimic_options", "further options of `certmimic serve`", type="args")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "certmimic(scenario): of which scenario the world of the test is: built-in, or a file")


@pytest.fixture(scope="session")
def certmimic(pytestconfig: pytest.Config) -> Iterator[Server]:
    """The server of the run: started, or joined where CERTMIMIC_URL names one."""
    scenarios = [
        os.fspath(pytestconfig.rootpath / scenario) if _is_file(scenario) else scenario
        for scenario in pytestconfig.getini("certmimic_scenario")
    ]
    with start(scenarios or None, options=pytestconfig.getini("certmimic_options")) as server:
        yield server


@pytest.fixture(scope="session")
def _server_of_file(pytestconfig: pytest.Config) -> Iterator[Callable[[Path], Server]]:
    """The server of a scenario file that a marker names, started when the first test asks for it."""
    with ExitStack() as servers:
        yield cache(lambda file: servers.enter_context(start(file, options=pytestconfig.getini("certmimic_options"))))


@pytest.fixture
def certmimic_world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A world of the test's own."""
    server, scenario = _origin(request)
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", request.node.name).strip(".")[:80]
    with server.world(f"{name}-{uuid.uuid4().hex[:8]}", scenario=scenario) as world:
        request.node.stash[_WORLD] = world
        yield world


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds what the world was asked to the report of a test that failed, while the world is there."""
    report = yield
    world = item.stash.get(_WORLD, None)
    if world and report.failed and report.when == "call":
        try:
            report.sections.append(("certmimic", world.report()))
        except CertmimicError as error:
            report.sections.append(("certmimic", str(error)))
    return report


def _origin(request: pytest.FixtureRequest) -> tuple[Server, str | None]:
    """The server of a test's world, and the scenario of it that the world is of."""
    marker = request.node.get_closest_marker("certmimic")
    scenario = _marked(*marker.args, **marker.kwargs) if marker else None
    if scenario is not None and _is_file(scenario):
        return request.getfixturevalue("_server_of_file")(request.path.parent / scenario), None
    return request.getfixturevalue("certmimic"), None if scenario is None else os.fspath(scenario)


def _marked(scenario: Scenario | None = None) -> Scenario | None:
    """What a marker says; Python itself refuses other words."""
    return scenario


def _is_file(scenario: Scenario) -> bool:
    return os.fspath(scenario).endswith((".yaml", ".yml"))
