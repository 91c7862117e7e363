"""What is measured is measured as it runs: nothing that makes tests quick may reach in here."""

import pytest


@pytest.fixture(autouse=True, scope="module")
def garbage_waits_for_the_end_of_a_file() -> None:
    """Here it is cleared when it comes up, as on a server."""
