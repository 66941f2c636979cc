"""Pretend participants, who answer as people do."""
