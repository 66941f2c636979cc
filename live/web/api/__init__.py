"""The HTTP API, for scripts and for the console's own requests."""
