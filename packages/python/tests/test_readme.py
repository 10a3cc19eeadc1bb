"""The README's examples."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent
IN_PYTEST, WITHOUT = re.findall(r"```python\n(.*?)```", (PACKAGE / "README.md").read_text(), re.DOTALL)


def test_with_pytest(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE / "examples"))
    pytester.makepyfile(IN_PYTEST)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_without_pytest() -> None:
    ran = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == re.findall(r"print\(.*# (.*)", WITHOUT)
