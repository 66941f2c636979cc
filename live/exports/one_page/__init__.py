"""One sheet of A4 with the question, themes with quotes, and what happens next."""
