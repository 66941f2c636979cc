"""Bytes in and out: connections, the two protocols, the hub that offers views to every seat, and the load."""
