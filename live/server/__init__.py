"""The server process: the ASGI app, uvicorn, worker processes, logs and metrics."""
