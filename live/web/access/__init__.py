"""Access: keys and rights, the phone behind a request, and limits against guessing and crowds."""
