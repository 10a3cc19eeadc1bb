"""Says which entries of Cloud Integration's keystore end soon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tenant import Tenant


@dataclass(frozen=True)
class Ending:
    """An entry that ends soon, or has ended."""

    alias: str
    end: datetime
    own: bool


def ending(tenant: Tenant, *, now: datetime, within: timedelta = timedelta(days=30)) -> list[Ending]:
    """The entries that end within a time, the next one first. SAP renews those that are not the tenant's own."""
    entries = tenant.read("KeystoreEntries?$select=Alias,ValidNotAfter,Owner")
    endings = [Ending(entry["Alias"], _date(entry["ValidNotAfter"]), entry["Owner"] != "SAP") for entry in entries]
    return sorted((entry for entry in endings if entry.end <= now + within), key=lambda entry: entry.end)


def _date(text: str) -> datetime:
    """A date of OData: `/Date(1577836800000)/`."""
    found = re.search(r"-?\d+", text)
    assert found, text
    return datetime.fromtimestamp(int(found[0]) / 1000, UTC)
