"""A world: the emulated systems as one test has them, and the calls that steer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from certmimic.control import Control, given
from certmimic.parts import Clock, Coverage, Faults, Requests, Snapshots, written
from certmimic.words import Certificate, Expectation, Span


@dataclass(frozen=True)
class System:
    """Where a client finds an emulated system."""

    url: str
    token_url: str


@dataclass(frozen=True)
class ApiManagement(System):
    """API Management has a second service, of virtual hosts."""

    configuration_url: str


class World:
    """An isolated copy of everything; dropped by `drop`, or at the end of a `with` block."""

    def __init__(self, server_url: str, name: str) -> None:
        self.name = name
        self.url = f"{server_url}/w/{name}"
        self._server, self._control = Control(server_url), Control(self.url)
        self.clock = Clock(self._control)
        self.faults = Faults(self._control)
        self.requests = Requests(self._control)
        self.coverage = Coverage(self._control)
        self.snapshots = Snapshots(self._control)

    @property
    def sap_api_management(self) -> ApiManagement:
        """Where SAP API Management is."""
        root = f"{self.url}/apiportal"
        return ApiManagement(
            url=f"{root}/api/1.0/Management.svc",
            token_url=f"{self.url}/oauth/token",
            configuration_url=f"{root}/operations/1.0/Configuration.svc",
        )

    @property
    def sap_cloud_integration(self) -> System:
        """Where SAP Cloud Integration is."""
        return System(url=f"{self.url}/api/v1", token_url=f"{self.url}/oauth/token")

    @property
    def apinizer(self) -> System:
        """Where Apinizer is."""
        return System(url=f"{self.url}/apiops", token_url=f"{self.url}/apiops/auth/token")

    def verify(
        self,
        *,
        operation: str | None = None,
        method: str | None = None,
        path: str | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        status: int | None = None,
        outcome: str | None = None,
        times: int | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        never: bool | None = None,
        in_order: Sequence[Expectation] | None = None,
    ) -> int:
        """Checks what the world was asked, and tells how many requests fit; raises `Unverified` with the nearest misses.

        How often: exactly so many `times`, `at_least` with `at_most`, or `never`; at least once if nothing is said.
        """
        fits = given(operation=operation, method=method, path=path, query=query, headers=headers, json=json)
        said = given(status=status, outcome=outcome, in_order=in_order)
        often = given(exactly=times, at_least=at_least, at_most=at_most, never=never)
        return int(self._control.call("POST", "verify", fits | said | often)["matched"])

    def certificates(self, *, expires_within: Span | None = None, system: str | None = None) -> list[Certificate]:
        """Every certificate of the world, by what ends first; or only those that end soon or have ended."""
        answer = self._control.call("GET", "certificates", expires_within=written(expires_within), system=system)
        certificates: list[Certificate] = answer["certificates"]
        return certificates

    def reset(self, *, scenario: str | None = None) -> None:
        """Puts it back to its scenario, with clock, faults and an empty journal; or to another built-in scenario."""
        self._control.call("POST", "reset", scenario=scenario)

    def export(self) -> dict[str, Any]:
        """The world as a scenario."""
        scenario: dict[str, Any] = self._control.call("GET", "state")
        return scenario

    def replace(self, scenario: Mapping[str, Any] | str) -> None:
        """Replaces its state by a scenario, as a mapping or as YAML text; `reset` still goes back to its own."""
        self._control.call("PUT", "state", scenario)

    def report(self, limit: int = 20) -> str:
        """What it refused last, with diagnoses, as a table; what it was asked last, if it refused nothing."""
        if self.requests.list(refused=True, limit=1):
            return f"World {self.name} refused:\n{self.requests.text(refused=True, limit=limit)}"
        if self.requests.list(limit=1):
            return f"World {self.name} refused nothing. It was asked:\n{self.requests.text(limit=limit)}"
        return f"World {self.name} was asked nothing: the client has to use {self.url}.\n"

    def drop(self) -> None:
        """Drops it with all that it holds."""
        self._server.call("DELETE", f"worlds/{self.name}")

    def __enter__(self) -> World:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.drop()
