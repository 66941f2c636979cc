"""The kind of the tutorial, seen on its faces; tests/test_tutorial.py tests the rest of it."""

import asyncio

import pytest

from tests import tutorial


@pytest.mark.soak
async def test_whoever_follows_the_tutorial_sees_the_kind_on_every_face(tmp_path):
    tutorial.follow(tmp_path)
    printed = await asyncio.to_thread(
        tutorial.run, tmp_path, "tests/browser/test_every_kind.py", "-k", f"[{tutorial.KIND}]"
    )
    assert "2 passed" in printed
