"""What runs here in processes of its own runs nowhere else."""

import pytest


@pytest.fixture(autouse=True)
def counting(counted_processes):
    """In these tests they all count."""
