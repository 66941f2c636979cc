"""Who is let in, to what, and how often: keys, phones, limits."""
