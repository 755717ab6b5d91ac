"""Rules for the whole suite: in CI no test is left out, and nothing of the caller's environment leaks in."""

import os

import pytest
from hypothesis import HealthCheck, settings

# No test has a timer: speed is measured by `make bench`. In CI each run tries the same examples.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")
os.environ.setdefault("RASOAT_LANG", "vi")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests beside other projects' tools to `make peers`: they install those tools first."""
    if os.environ.get("RASOAT_PEERS"):
        return
    peers = [item for item in items if item.get_closest_marker("peer")]
    if peers:
        config.hook.pytest_deselected(items=peers)
        items[:] = [item for item in items if item not in set(peers)]


def pytest_report_header() -> str:
    """Say what is not run."""
    if os.environ.get("RASOAT_PEERS"):
        return "tests beside sslyze, axe, html-validate and the Observatory are run"
    return "tests beside sslyze, axe, html-validate and the Observatory are left to `make peers`"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn a left-out test into a failure where CI=true."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") and skipped and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        for report in skipped:
            print(f"left out in CI: {report.nodeid}: {report.longrepr}")
