"""Worlds for tests of clients of SAP API Management, SAP Cloud Integration and Apinizer.

    with certmimic.start(scenario="quickstart") as server, server.world() as world:
        client = MyClient(world.sap_cloud_integration.url)

pytest has the fixtures `certmimic` and `certmimic_world` as soon as this package is installed.
"""

from certmimic.binary import BinaryMissing
from certmimic.control import CertmimicError, Refused, Unverified
from certmimic.server import Server, StartFailed, VersionDiffers, join, start
from certmimic.world import World

__all__ = [
    "BinaryMissing",
    "CertmimicError",
    "Refused",
    "Server",
    "StartFailed",
    "Unverified",
    "VersionDiffers",
    "World",
    "join",
    "start",
]
