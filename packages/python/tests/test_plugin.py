"""The plugin, in pytest runs of its own."""

import pytest

REFUSED = """
    from urllib.request import Request, urlopen

    def test_it(certmimic_world):
        url = certmimic_world.sap_cloud_integration.url + "/KeystoreEntries('6D79')"
        urlopen(Request(url, headers={"Authorization": "Bearer anything"}, method="DELETE"))
"""


def test_a_test_that_fails_shows_what_its_world_refused(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(REFUSED)
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*- certmimic -*", "World test_it-* refused:", "*403 DELETE*ci.entry.delete csrf_token_required"])


def test_so_it_is_under_xdist(pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    pytester.makepyfile(REFUSED)
    result = pytester.runpytest_subprocess("-n2")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["World test_it-* refused:", "*403 DELETE*ci.entry.delete csrf_token_required"])


def test_a_failing_verify_prints_the_nearest_misses(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(certmimic_world): certmimic_world.verify(operation='ci.entry.delete')")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*Unverified: Expected at least 1 *ci.entry.delete*", "World test_it-* was asked nothing*"])


def test_every_test_has_a_world_of_its_own_under_xdist(pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("number", range(12))
        def test_it(certmimic_world, number):
            assert certmimic_world.clock.read()["mode"] == "running"
            certmimic_world.clock.set(mode="frozen")
        """
    )
    pytester.runpytest_subprocess("-n3").assert_outcomes(passed=12)


def test_the_scenario_of_the_run_and_of_a_test(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\ncertmimic_scenario = rotation mine.yaml\ncertmimic_options = --no-diagnosis\n")
    pytester.makefile(".yaml", mine="certmimic: 1\nname: mine\n", other="certmimic: 1\nname: other\n")
    pytester.makepyfile(
        """
        import pytest

        def name(world): return world.export()["name"]

        def test_run(certmimic_world): assert name(certmimic_world) == "mine"

        @pytest.mark.certmimic(scenario="empty")
        def test_built_in(certmimic_world): assert name(certmimic_world) == "empty"

        @pytest.mark.certmimic(scenario="other.yaml")
        def test_file(certmimic_world): assert name(certmimic_world) == "other"

        @pytest.mark.certmimic(scenario="other.yaml")
        def test_the_same_file(certmimic_world, certmimic): assert certmimic.url not in certmimic_world.url
        """
    )
    pytester.runpytest_subprocess("--strict-markers").assert_outcomes(passed=4)


def test_a_misspelt_marker_is_refused(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.certmimic(scenari="empty")
        def test_it(certmimic_world): pass
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*unexpected keyword argument 'scenari'*"])
