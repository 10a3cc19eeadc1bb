"""Points references of API Management to another store before the certificate in theirs ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tenant import Tenant, key


def rotate(tenant: Tenant, *, now: datetime, ahead: timedelta = timedelta(days=30)) -> dict[str, str]:
    """Which references were pointed to which store.

    A store takes another's place if it is of the same type and has certificates of the same names that end later.
    """
    ends = _ends(tenant.read("Certificates"))
    moved: dict[str, str] = {}
    for reference in tenant.read("CertificateStoreReferences"):
        current = (reference["storeType"], reference["certificateStoreName"])
        if min(ends.get(current, {}).values(), default=now + 2 * ahead) > now + ahead:
            continue
        better = [store for store in ends if _replaces(store, current, ends)]
        if better:
            _, moved[reference["name"]] = max(better, key=lambda store: min(ends[store].values()))
            update = {"certificateStoreName": moved[reference["name"]]}
            tenant.send("PUT", f"CertificateStoreReferences({key(reference['name'])})", update)
    return moved


Store = tuple[str, str]
"""Its type and name."""


def _ends(certificates: list[dict[str, Any]]) -> dict[Store, dict[str, datetime]]:
    """When the certificates of each store end."""
    ends: dict[Store, dict[str, datetime]] = {}
    for certificate in certificates:
        store = (certificate["storeType"], certificate["storeName"])
        end = datetime.fromtimestamp(int(certificate["expiryDate"]) / 1000, UTC)
        ends.setdefault(store, {})[certificate["name"]] = end
    return ends


def _replaces(store: Store, current: Store, ends: dict[Store, dict[str, datetime]]) -> bool:
    same = store[0] == current[0] and ends[current].keys() <= ends[store].keys()
    return same and all(ends[store][name] >= end for name, end in ends[current].items()) and store != current
