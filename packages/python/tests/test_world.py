"""The calls of a world."""

from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from certmimic import Refused, Server, Unverified, World


def ask(world: World, path: str = "KeystoreEntries", method: str = "GET") -> int:
    headers = {"Authorization": "Bearer anything"}
    try:
        with urlopen(Request(f"{world.sap_cloud_integration.url}/{path}", headers=headers, method=method)) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def test_worlds_share_nothing(certmimic: Server) -> None:
    with certmimic.world() as one, certmimic.world("named-by-the-test") as other:
        ask(one)
        assert len(one.requests.list()) == 1
        assert other.requests.list() == []
        assert {one.name, "named-by-the-test"} <= set(certmimic.worlds())
    assert not {one.name, "named-by-the-test"} & set(certmimic.worlds())


def test_the_clock(certmimic_world: World) -> None:
    clock = certmimic_world.clock
    clock.set(now=datetime(2026, 3, 1, tzinfo=UTC), mode="frozen")
    clock.advance("90d")
    clock.advance(timedelta(hours=-1))
    assert clock.now() == datetime(2026, 5, 29, 23, tzinfo=UTC)
    assert clock.read()["mode"] == "frozen"


def test_faults_strike_and_are_disarmed(certmimic_world: World) -> None:
    faults = certmimic_world.faults
    name = faults.arm(operation="ci.entry.list", outcome="keystore_locked", retry_after=7, times=2)
    other = faults.arm(id="slow", path="/apiops/**", delay=timedelta(milliseconds=5))
    assert [ask(certmimic_world) for _ in range(3)] == [503, 503, 200]
    assert [(fault["id"], fault["struck"]) for fault in faults.list()] == [(name, 2), (other, 0)]
    faults.disarm(name)
    assert [fault["id"] for fault in faults.list()] == ["slow"]
    faults.disarm()
    assert faults.list() == []


def test_the_journal(certmimic_world: World) -> None:
    requests = certmimic_world.requests
    ask(certmimic_world)
    ask(certmimic_world, "KeystoreEntries('zz')")
    assert [record["status"] for record in requests.list()] == [200, 500]
    (refused,) = requests.list(refused=True, method="GET", system="sap_cloud_integration")
    assert refused["diagnosis"] and refused["diagnosis"]["code"] == refused["outcome"]
    assert refused["outcome"] in requests.text(refused=True)
    assert requests.curl(refused["number"]).startswith("curl ")
    assert '"entries"' in requests.har()
    requests.clear()
    assert requests.list() == []


def test_verify_tells_how_many_and_what_came_nearest(certmimic_world: World) -> None:
    ask(certmimic_world)
    assert certmimic_world.verify(operation="ci.entry.list") == 1
    assert certmimic_world.verify(operation="ci.*", times=1, outcome="success") == 1
    with pytest.raises(Unverified, match="(?s)Expected exactly 2 .*KeystoreEntries") as caught:
        certmimic_world.verify(operation="ci.entry.list", times=2)
    assert caught.value.matched == 1
    with pytest.raises(Unverified):
        certmimic_world.verify(operation="ci.entry.list", never=True)


def test_a_wrong_word_is_refused_with_the_nearest(certmimic_world: World) -> None:
    with pytest.raises(Refused, match=r"the nearest is ci\.entry\.delete") as caught:
        certmimic_world.verify(operation="ci.entry.delte")
    assert (caught.value.status, caught.value.code) == (400, "bad_value")
    with pytest.raises(Refused, match="did you mean"):
        certmimic_world.faults.arm(operation="ci.entry.lst", outcome="keystore_locked")
    with pytest.raises(Refused, match="quickstart"):
        certmimic_world.reset(scenario="quickstrat")


def test_coverage(certmimic_world: World, certmimic: Server) -> None:
    ask(certmimic_world)
    report = certmimic_world.coverage.read(system="sap_cloud_integration")
    assert report["met"] == 1 and [system["name"] for system in report["systems"]] == ["sap_cloud_integration"]
    assert "1 of 1" in certmimic_world.coverage.text(format="markdown")
    assert "<testsuites" in certmimic.coverage(format="junit")
    certmimic_world.coverage.clear()
    assert certmimic_world.coverage.read()["met"] == 0


def test_snapshots_and_reset(certmimic_world: World) -> None:
    certmimic_world.clock.set(now="2026-01-01", mode="frozen")
    certmimic_world.snapshots.keep("new-year")
    certmimic_world.clock.advance("1d")
    certmimic_world.snapshots.restore("new-year")
    assert certmimic_world.clock.now().day == 1
    assert certmimic_world.snapshots.list() == ["new-year"]
    assert certmimic_world.snapshots.export("new-year")["name"] == "quickstart"
    certmimic_world.snapshots.drop("new-year")
    certmimic_world.reset()
    assert certmimic_world.clock.read()["mode"] == "running"


def test_a_world_is_exported_and_replaced(certmimic_world: World) -> None:
    exported = certmimic_world.export()
    certmimic_world.replace("certmimic: 1\nname: nothing\n")
    assert certmimic_world.certificates() == []
    certmimic_world.replace(exported)
    assert certmimic_world.certificates()


def test_a_world_reports_what_it_was_asked(certmimic_world: World) -> None:
    assert "was asked nothing" in certmimic_world.report()
    ask(certmimic_world)
    assert "refused nothing" in certmimic_world.report()
    ask(certmimic_world, "KeystoreEntries('6D79')", "DELETE")
    assert "csrf_token_required" in certmimic_world.report()
    assert "200" not in certmimic_world.report()
