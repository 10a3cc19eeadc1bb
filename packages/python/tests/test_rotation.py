"""The job that rotates store references."""

from datetime import timedelta

import pytest
from rotation import rotate
from tenant import Tenant

from certmimic import World

pytestmark = pytest.mark.certmimic(scenario="rotation")


def tenant(world: World) -> Tenant:
    system = world.sap_api_management
    return Tenant(system.url, system.token_url, "sb-certmimic", "certmimic-secret")


def test_a_reference_is_pointed_to_the_store_whose_certificate_ends_later(certmimic_world: World) -> None:
    assert rotate(tenant(certmimic_world), now=certmimic_world.clock.now()) == {"gateway": "gateway-2026"}
    certmimic_world.verify(operation="apim.reference.update", json={"certificateStoreName": "gateway-2026"}, times=1)
    references = certmimic_world.export()["sap_api_management"]["certificate_store_references"]
    assert [one["certificate_store_name"] for one in references if one["name"] == "gateway"] == ["gateway-2026"]


def test_nothing_is_moved_while_there_is_time(certmimic_world: World) -> None:
    assert rotate(tenant(certmimic_world), now=certmimic_world.clock.now(), ahead=timedelta(days=3)) == {}
    certmimic_world.verify(operation="apim.reference.update", never=True)
    certmimic_world.clock.advance("5d")
    assert rotate(tenant(certmimic_world), now=certmimic_world.clock.now(), ahead=timedelta(days=3)) == {"gateway": "gateway-2026"}


def test_a_busy_system_is_asked_again(certmimic_world: World) -> None:
    certmimic_world.faults.arm(operation="apim.reference.update", status=503, headers={"Retry-After": "0"}, times=2)
    assert rotate(tenant(certmimic_world), now=certmimic_world.clock.now()) == {"gateway": "gateway-2026"}
    certmimic_world.verify(in_order=[{"method": "PUT", "status": 503}, {"method": "PUT", "status": 503}, {"method": "PUT", "status": 204}])
