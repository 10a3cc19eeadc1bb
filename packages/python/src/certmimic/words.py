"""What calls take and give, in the words of the control API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal, TypedDict

Span = str | timedelta
"""How long: `90d`, `-1s`, `2h`, `750ms`, or a timedelta."""

ClockMode = Literal["running", "frozen", "stepping"]
Drop = Literal["before_handling", "before_response", "mid_response"]


class Time(TypedDict):
    """What a clock shows."""

    now: str
    mode: ClockMode


class Fault(TypedDict, total=False):
    """An armed fault, with how many requests it has `seen` and `struck`."""

    id: str
    on: dict[str, str]
    after: int
    times: int
    probability: float
    respond: dict[str, Any]
    delay: str
    drop: Drop
    truncate: int
    deployment_fails: dict[str, str]
    seen: int
    struck: int


class Message(TypedDict, total=False):
    """A request or an answer. Secrets in it are masked."""

    method: str
    url: str
    path: str
    query: str
    status: int
    headers: list[list[str]]
    bytes: int
    body: str


class Diagnosis(TypedDict):
    """Why a request was refused, and what to change."""

    code: str
    line: str


class Record(TypedDict):
    """A request of the journal; inside a batch it has the number of that as `parent`."""

    number: int
    parent: int | None
    world: str
    time: str
    micros: int
    operation: str | None
    outcome: str
    by_fault: bool
    status: int | None
    diagnosis: Diagnosis | None
    request: Message
    response: Message | None


class Certificate(TypedDict):
    """A certificate of the world."""

    system: str
    place: str
    alias: str
    kind: str
    subject: str
    issuer: str
    serial_number: str
    valid_from: str
    valid_to: str
    days_left: int
    expired: bool
    key: str
    signature: str
    sha256: str
    issuers: list[str]
    url: str
    pem: str


class Expectation(TypedDict, total=False):
    """A request that was made; a step of an order."""

    operation: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    json: object
    status: int
    outcome: str


class Filter(TypedDict, total=False):
    """Which requests of the journal: those that fit everything that is said."""

    operation: str
    system: str
    method: str
    path: str
    status: int | str
    outcome: str
    refused: bool
    since: int | str
    limit: int


class CoverageOfSystem(TypedDict):
    """How many documented answers of a system were met, by operation."""

    name: str
    title: str
    answers: int
    met: int
    met_by_fault_only: int
    percent: float
    operations: list[dict[str, Any]]


class CoverageReport(TypedDict):
    """How many documented answers were met, by system."""

    answers: int
    met: int
    met_by_fault_only: int
    percent: float
    systems: list[CoverageOfSystem]
