"""Brings a certificate to environments of Apinizer, and says where that failed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen


class NotDeployed(Exception):
    """Environments that do not have the certificate now, each with the reason."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(f"{environment}: {reason}" for environment, reason in reasons.items()))


class Deployer:
    """A client of a project."""

    def __init__(self, url: str, token_url: str, user: str, password: str, project: str) -> None:
        self._certificates = f"{url}/projects/{quote(project)}/certificates"
        grant = {"grant_type": "client_credentials", "client_id": user, "client_secret": password}
        with urlopen(Request(token_url, urlencode(grant).encode())) as answer:
            self._token: str = json.load(answer)["access_token"]

    def deploy(self, name: str, pem: bytes, environments: Sequence[str]) -> None:
        """Stores a certificate, or renews the one of that name, and deploys it."""
        fields = {"alias": name, "certificateDescription": f"Deployed as {name}", "environmentList": ",".join(environments)}
        if self._exists(name):
            answer = self._upload("PUT", f"{self._certificates}/{quote(name)}/", fields, pem)
        else:
            answer = self._upload("POST", f"{self._certificates}/", fields | {"certificateName": name}, pem)
        results = answer["deploymentResult"]["environmentResults"]
        failed = {result["environmentName"]: result["message"] for result in results if not result["success"]}
        if failed:
            raise NotDeployed(failed)

    def _exists(self, name: str) -> bool:
        listed = self._send(Request(f"{self._certificates}/"))
        return any(certificate["name"] == name for certificate in listed["resultList"])

    def _upload(self, method: str, url: str, fields: Mapping[str, str], pem: bytes) -> Any:
        boundary = uuid.uuid4().hex
        disposition = f'--{boundary}\r\nContent-Disposition: form-data; name="'
        parts = [f'{disposition}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
        file = f'{disposition}pemEncodedFile"; filename="certificate.pem"\r\n\r\n'.encode()
        body = b"".join([*parts, file, pem, f"\r\n--{boundary}--\r\n".encode()])
        return self._send(Request(url, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}, method=method))

    def _send(self, request: Request) -> Any:
        request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with urlopen(request) as answer:
                return json.load(answer)
        except HTTPError as error:
            with error:
                raise RuntimeError(f"{request.get_method()} {request.full_url}: {error.code} {error.read().decode()}") from None
