"""The largest that a peer may send at once."""

MOST_HEAD = 16_384  # bytes of a request's method, address and headers
MOST_FRAME = 16_384  # bytes of a WebSocket message
