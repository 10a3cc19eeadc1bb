"""Calls of the control API of one world, and what it refuses."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

PATIENCE = 30.0
"""Seconds that a control call may take."""


class CertmimicError(Exception):
    """Something with certmimic itself is not as it has to be."""


class Refused(CertmimicError):
    """The control API refused a call: `code` is for programs, the text says what to change."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.status: int = problem.get("status", 0)
        self.code: str = problem.get("code", "")
        flaws = [str(flaw.get("text", flaw)) for flaw in problem.get("flaws", [])]
        super().__init__("\n".join([str(problem.get("detail", problem)), *flaws]))


class Unverified(AssertionError):
    """The world was asked something else than the test expects: the text has the requests that came nearest."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.matched: int = problem.get("matched", 0)
        self.nearest: list[dict[str, Any]] = problem.get("nearest", [])
        super().__init__(str(problem.get("text", problem)))


class Control:
    """The control API below a base URL: a server's, or a world's."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        # Never by a proxy: the server is this machine's, or this network's.
        self._opener: OpenerDirector = build_opener(ProxyHandler({}))

    def call(self, method: str, path: str, body: object = None, /, **query: object) -> Any:
        """What a call answers, read as JSON."""
        return json.loads(self.text(method, path, body, **query))

    def text(self, method: str, path: str, body: object = None, /, **query: object) -> str:
        """What a call answers, as text."""
        request = Request(self._address(path, query), method=method, data=_data(body))
        request.add_header("Accept", "*/*")
        if body is not None:
            request.add_header("Content-Type", "application/yaml" if isinstance(body, str) else "application/json")
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            with error:
                raise _refusal(error) from None
        except (OSError, HTTPException) as error:
            raise CertmimicError(f"No certmimic answers at {self.url} ({error}): see whether it still runs.") from error

    def _address(self, path: str, query: dict[str, object]) -> str:
        given = {name.replace("_", "-"): _written(value) for name, value in query.items() if value not in (None, False)}
        return f"{self.url}/_certmimic/{quote(path)}" + (f"?{urlencode(given)}" if given else "")


def given(**members: object) -> dict[str, object]:
    """The members that were said, without those that were left out."""
    return {name: value for name, value in members.items() if value is not None}


def _data(body: object) -> bytes | None:
    if body is None:
        return None
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def _written(value: object) -> str:
    return "true" if value is True else str(value)


def _refusal(error: HTTPError) -> Exception:
    text = error.read().decode(errors="replace")
    try:
        problem = json.loads(text)
    except ValueError:
        return CertmimicError(f"{error.url} answered {error.code}, and not as certmimic does: {text[:200]}")
    return Unverified(problem) if problem.get("code") == "unverified" else Refused(problem)
