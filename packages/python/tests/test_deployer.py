"""The deployer of certificates."""

import pytest
from deployer import Deployer, NotDeployed

from certmimic import World


@pytest.fixture
def deployer(certmimic_world: World) -> Deployer:
    system = certmimic_world.apinizer
    return Deployer(system.url, system.token_url, "apinizer", "apinizer", "MyProject")


@pytest.fixture
def pem(certmimic_world: World) -> bytes:
    return certmimic_world.certificates(system="apinizer")[0]["pem"].encode()


def test_a_certificate_is_stored_and_then_renewed(certmimic_world: World, deployer: Deployer, pem: bytes) -> None:
    deployer.deploy("shop", pem, ["production"])
    deployer.deploy("shop", pem, ["production", "staging"])
    certmimic_world.verify(in_order=[{"operation": "apinizer.certificate.create"}, {"operation": "apinizer.certificate.update"}])
    places = [one["place"] for one in certmimic_world.certificates(system="apinizer") if one["alias"] == "shop"]
    assert len(places) == 2, places


def test_an_environment_that_cannot_be_reached_is_told(certmimic_world: World, deployer: Deployer, pem: bytes) -> None:
    certmimic_world.faults.arm(operation="apinizer.certificate.create", deployment_fails={"staging": "Connection refused"}, times=1)
    with pytest.raises(NotDeployed, match="^staging: Connection refused$"):
        deployer.deploy("shop", pem, ["production", "staging"])


def test_what_apinizer_finds_wrong_is_told(certmimic_world: World, deployer: Deployer) -> None:
    with pytest.raises(RuntimeError, match="400"):
        deployer.deploy("shop", b"no certificate", ["production"])
    assert [one["operation"] for one in certmimic_world.requests.list(refused=True)] == ["apinizer.certificate.create"]
