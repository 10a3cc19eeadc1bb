"""What the clients of both SAP systems share: tokens, JSON, patience with a system that is busy."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

TRIES = 4


class Tenant:
    """A service of a tenant, called with tokens of an OAuth client."""

    def __init__(self, url: str, token_url: str, client: str, secret: str) -> None:
        self.url = url
        basic = b64encode(f"{client}:{secret}".encode()).decode()
        self._grant = Request(token_url, b"grant_type=client_credentials", {"Authorization": f"Basic {basic}"})
        self._token = self._fetch_token()

    def read(self, path: str) -> Any:
        """What an OData resource holds."""
        answer = self.send("GET", path)
        return answer["d"].get("results", answer["d"])

    def send(self, method: str, path: str, body: object = None) -> Any:
        """One request; tried again while the system says that it is busy, or that the token has ended."""
        for tries_left in reversed(range(TRIES)):
            try:
                with urlopen(self._request(method, path, body)) as answer:
                    return json.loads(answer.read() or "null")
            except HTTPError as error:
                with error:
                    if error.code not in (401, 429, 503) or not tries_left:
                        raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from None
                    self._mend(error)

    def _request(self, method: str, path: str, body: object) -> Request:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json", "Content-Type": "application/json"}
        return Request(f"{self.url}/{path}", data, headers, method=method)

    def _mend(self, error: HTTPError) -> None:
        if error.code == 401:
            self._token = self._fetch_token()
        else:
            time.sleep(float(error.headers.get("Retry-After", 0)))

    def _fetch_token(self) -> str:
        with urlopen(self._grant) as answer:
            return str(json.load(answer)["access_token"])


def key(text: str) -> str:
    """A text as a key in a path: quotes are doubled."""
    return quote(f"'{text.replace(chr(39), chr(39) * 2)}'")
