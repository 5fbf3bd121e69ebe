"""The same server as in the tests with Chromium, and the other two engines."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import server, start_server
from tests.other_browsers.drivers import Browser, Firefox, WebKit

__all__ = ["browser", "server", "start_server"]


@pytest.fixture(scope="session", params=[Firefox, WebKit], ids=lambda kind: kind.__name__)
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One window of each."""
    with request.param() as browser:
        yield browser
