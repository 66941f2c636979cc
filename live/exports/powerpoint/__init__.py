"""The results as slides: as a presentation of their own, and, in `live.exports.into_deck`, among those of a deck."""
