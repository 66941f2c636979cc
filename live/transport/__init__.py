"""Bytes in and out: connections, the HTTP and WebSocket protocols, the hub that sends views, and the load level."""
