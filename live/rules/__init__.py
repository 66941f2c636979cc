"""What may happen: commands in, events out, or a refusal."""

from live.rules.commands import Act, AnswerWish, Edit, HeadsWish, ReceiptWish, SortWish, WithdrawWish
from live.rules.decide import decide

__all__ = ["Act", "AnswerWish", "Edit", "HeadsWish", "ReceiptWish", "SortWish", "WithdrawWish", "decide"]
