"""Rehearsals: pretend participants who answer as people do, and the dry run of a whole meeting."""
