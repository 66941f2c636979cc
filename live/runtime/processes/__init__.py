"""Work that takes long or much memory, each time in a process of its own."""
