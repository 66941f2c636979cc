"""The commands of `innspill`, by what they are for."""
