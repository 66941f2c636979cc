"""The public page of a meeting, which everybody may read: its content, the kept page, and its calendar files."""
