"""The tutorial leads to a kind that works; tests/browser/test_tutorial.py sees it on the faces."""

import re

from tests import tutorial


def test_whoever_follows_the_tutorial_has_a_kind(tmp_path):
    """
    In rehearsal, without script, in every export and in the form; translated, named in every tree, and known by name to
    nothing but its own files.
    """
    tutorial.follow(tmp_path)
    kind = tutorial.KIND
    printed = tutorial.run(
        tmp_path, f"tests/activities/test_{kind}.py", "tests/activities/test_every_kind.py", "tests/test_house.py",
        "tests/test_kind_names.py", "-k",
        f"test_{kind} or [{kind}] or translated or one_catalogue or same_catalogues or every_kind_is_explained "
        "or kind_by_name",
    )  # fmt: skip
    assert re.search(r"(\d+) passed", printed)
    assert 15 <= int(re.search(r"(\d+) passed", printed)[1])
