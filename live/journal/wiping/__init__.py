"""What was deleted or blanked leaves the files of the store, in each engine."""
