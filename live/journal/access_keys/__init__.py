"""The keys that open rooms, in each engine."""
