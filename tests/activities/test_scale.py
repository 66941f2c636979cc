"""The kind `scale`: items rated on one scale."""

import pytest

from live.errors import Refused
from tests.meeting import Meeting, one

EXAMPLE = """:::scale{id=x max=6 labels=Uenig|Enig}
Hvor enige er dere?
- Her er det trygt
- Her blir vi hørt
:::"""


def test_a_scale_shows_mean_and_spread():
    meeting = Meeting(one("scale", "id=a min=1 max=5", "Hvor stor tillit?\n- Kommunen\n- Naboene"))
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", value={"a": 4, "b": 1})
    meeting.answer("p2", "y", "a", value={"a": 5})
    first, second = meeting.room.activities["a"].tally.show()["items"]
    assert (4.5, [0, 0, 0, 1, 1], 2) == (first["mean"], first["spread"], first["n"])
    assert (1, 1) == (second["mean"], second["n"])
    with pytest.raises(Refused, match="bad"):
        meeting.answer("p3", "z", "a", value={"a": 6})
