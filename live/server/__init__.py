"""The process that serves: the app, uvicorn, workers and logs."""
