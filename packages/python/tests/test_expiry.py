"""The monitor of what ends in the keystore."""

import pytest
from expiry import ending
from tenant import Tenant

from certmimic import World

pytestmark = pytest.mark.certmimic(scenario="expiring-truststore")


def tenant(world: World) -> Tenant:
    system = world.sap_cloud_integration
    return Tenant(system.url, system.token_url, "sb-certmimic", "certmimic-secret")


def test_what_ends_within_a_month_is_told_and_what_has_ended_first(certmimic_world: World) -> None:
    found = ending(tenant(certmimic_world), now=certmimic_world.clock.now())
    assert [entry.alias for entry in found] == ["gone", "soon-gone"]
    listed = certmimic_world.certificates(expires_within="30d", system="sap_cloud_integration")
    assert [certificate["alias"] for certificate in listed] == ["gone", "soon-gone"]


def test_time_changes_what_ends(certmimic_world: World) -> None:
    certmimic_world.clock.advance("-60d")
    assert ending(tenant(certmimic_world), now=certmimic_world.clock.now()) == []


def test_what_the_keystore_refuses_is_told(certmimic_world: World) -> None:
    certmimic_world.faults.arm(operation="ci.entry.list", outcome="role_missing")
    with pytest.raises(RuntimeError, match="403"):
        ending(tenant(certmimic_world), now=certmimic_world.clock.now())
