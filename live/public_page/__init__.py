"""What everybody may read of a meeting: its page, what is kept of it, and its days as calendar files."""
