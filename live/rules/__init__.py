"""The rules of a room: a command goes in, and events come out, or a refusal."""

from live.rules.commands import (
    Command,
    EditWorkshop,
    GiveName,
    KeepRecoveryPhrase,
    SendAnswer,
    SetHeads,
    SortAnswer,
    VoteQuestion,
    WithdrawAnswer,
)
from live.rules.decide import decide

__all__ = [
    "Command",
    "EditWorkshop",
    "GiveName",
    "KeepRecoveryPhrase",
    "SendAnswer",
    "SetHeads",
    "SortAnswer",
    "VoteQuestion",
    "WithdrawAnswer",
    "decide",
]
