"""Much of the commands runs in processes of their own alone."""

import pytest


@pytest.fixture(autouse=True)
def counting(counted_processes):
    """In these tests they all count."""
