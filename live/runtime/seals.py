"""
Seals: what a phone has been told of a room, signed. A phone shows them again when it comes back, and only by them is it
believed that the store once held more. The secret is kept apart from the meetings; all workers share it, so that one
knows the seals of another, also after a restart.
"""

import base64
import hmac
from hashlib import sha256

BYTES = 9  # 72 bits: they can only be tried against a server, and each view carries one


class Seals:
    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of_view(self, code: str, epoch: str, position: int) -> str:
        """For a view of all events up to *position* of *epoch*; the same for every phone, as views are."""
        return self._sign(f"seen|{code}|{epoch}|{position}")

    def of_answer(self, code: str, epoch: str, id: str, rev: int) -> str:
        """For the ack of an answer, of a change or of a withdrawal."""
        return self._sign(f"acked|{code}|{epoch}|{id}|{rev}")

    def _sign(self, what: str) -> str:
        made = hmac.digest(self._secret, what.encode("utf-8", "surrogatepass"), sha256)[:BYTES]
        return base64.urlsafe_b64encode(made).decode()
