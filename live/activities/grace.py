"""How long after the close an answer that was under way may still come (contract §4)."""

GRACE_TEXT_MS = 30_000  # unsent text may follow a close this long (contract §4)
GRACE_MS = 2_000  # a press under way when it closed
