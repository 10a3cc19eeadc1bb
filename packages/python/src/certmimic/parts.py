"""The parts of a world that have calls of their own."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Unpack, overload

from certmimic.control import Control, given
from certmimic.words import ClockMode, CoverageReport, Drop, Fault, Filter, Record, Span, Time


class _Part:
    def __init__(self, control: Control) -> None:
        self._control = control


class Clock(_Part):
    """The world's clock."""

    def now(self) -> datetime:
        """The time that it shows."""
        return datetime.fromisoformat(self.read()["now"].replace("Z", "+00:00"))

    def read(self) -> Time:
        """The time that it shows, and how it moves."""
        time: Time = self._control.call("GET", "clock")
        return time

    def advance(self, by: Span) -> None:
        """Moves it on, or back by a negative span."""
        self._control.call("POST", "clock/advance", {"by": written(by)})

    def set(self, *, now: datetime | str | None = None, mode: ClockMode | None = None, step: Span | None = None) -> None:
        """Sets what is said; the rest stays. `step` is what a stepping clock moves by with each request."""
        date = now.isoformat() if isinstance(now, datetime) else now
        self._control.call("PUT", "clock", given(now=date, mode=mode, step=written(step)))


class Faults(_Part):
    """Armed misbehaviour."""

    def arm(
        self,
        *,
        id: str | None = None,
        operation: str | None = None,
        path: str | None = None,
        method: str | None = None,
        alias: str | None = None,
        after: int | None = None,
        times: int | None = None,
        probability: float | None = None,
        outcome: str | None = None,
        values: Mapping[str, str] | None = None,
        retry_after: int | None = None,
        validation_errors: Sequence[Mapping[str, str]] | None = None,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        body: str | None = None,
        json: object = None,
        delay: Span | None = None,
        drop: Drop | None = None,
        truncate: int | None = None,
        deployment_fails: Mapping[str, str] | None = None,
    ) -> str:
        """Arms a fault, and tells what it is called.

        Which requests: by `operation`, `path`, `method`, `alias`. How often: the first `after` pass, then `times` are struck,
        each with `probability`. What happens: an `outcome` with `values`, `retry_after` and `validation_errors`, or a `status`
        with `headers` and `body` or `json`, is answered; or `delay`, `drop`, `truncate`, `deployment_fails`.
        """
        known = {fault["id"] for fault in self.list()}
        answer = given(outcome=outcome, values=values, retry_after=retry_after, validation_errors=validation_errors)
        answer |= given(status=status, headers=headers, body=body, json=json)
        effect = given(delay=written(delay), drop=drop, truncate=truncate, deployment_fails=deployment_fails)
        fault = given(id=id, after=after, times=times, probability=probability, respond=answer or None) | effect
        on = given(operation=operation, path=path, method=method, alias=alias)
        armed: list[Fault] = self._control.call("POST", "faults", fault | given(on=on or None))["faults"]
        return id or next(fault["id"] for fault in armed if fault["id"] not in known)

    def list(self) -> list[Fault]:
        """The armed ones, with how many requests each has `seen` and `struck`."""
        faults: builtins.list[Fault] = self._control.call("GET", "faults")["faults"]
        return faults

    def disarm(self, id: str | None = None) -> None:
        """Disarms one, or all."""
        self._control.call("DELETE", f"faults/{id}" if id else "faults")


class Requests(_Part):
    """The journal: what the world was asked and what it answered, oldest first."""

    def list(self, **filter: Unpack[Filter]) -> list[Record]:
        """Those that fit."""
        records: builtins.list[Record] = self._control.call("GET", "requests", **filter)["requests"]
        return records

    def text(self, **filter: Unpack[Filter]) -> str:
        """Those that fit, as a table; refused ones with their diagnoses."""
        return self._control.text("GET", "requests", format="text", **filter)

    def har(self, **filter: Unpack[Filter]) -> str:
        """Those that fit, as a HAR file."""
        return self._control.text("GET", "requests", format="har", **filter)

    def curl(self, number: int) -> str:
        """The curl line that repeats a request."""
        return self._control.text("GET", f"requests/{number}", format="curl").strip()

    def clear(self) -> None:
        """Empties the journal."""
        self._control.call("DELETE", "requests")


class Coverage(_Part):
    """Which documented answers the clients of the world have met."""

    def read(self, *, system: str | None = None) -> CoverageReport:
        """By system and operation."""
        report: CoverageReport = self._control.call("GET", "coverage", system=system)
        return report

    def text(self, *, system: str | None = None, format: str = "text") -> str:
        """As text, markdown, junit or html."""
        return self._control.text("GET", "coverage", system=system, format=format)

    def clear(self) -> None:
        """Forgets them."""
        self._control.call("DELETE", "coverage")


class Snapshots(_Part):
    """Kept states of the world."""

    def keep(self, name: str) -> None:
        """Keeps the world as it is now."""
        self._control.call("PUT", f"snapshots/{name}")

    def restore(self, name: str) -> None:
        """Puts the world back, with its clock and its faults; the journal stays."""
        self._control.call("POST", f"snapshots/{name}/restore")

    def list(self) -> list[str]:
        """Their names."""
        names: builtins.list[str] = self._control.call("GET", "snapshots")["snapshots"]
        return names

    def export(self, name: str) -> dict[str, Any]:
        """One as a scenario."""
        scenario: dict[str, Any] = self._control.call("GET", f"snapshots/{name}")
        return scenario

    def drop(self, name: str) -> None:
        """Drops one."""
        self._control.call("DELETE", f"snapshots/{name}")


@overload
def written(span: Span) -> str: ...
@overload
def written(span: Span | None) -> str | None: ...
def written(span: Span | None) -> str | None:
    """A span as the control API reads it."""
    return f"{span // timedelta(milliseconds=1)}ms" if isinstance(span, timedelta) else span
