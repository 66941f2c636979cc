"""The grace of an activity: how long after its close an answer that was on its way is still taken (contract §4)."""

GRACE_TEXT_MS = 30_000  # for text that was written and not yet sent
GRACE_MS = 2_000  # for a press that was on its way
