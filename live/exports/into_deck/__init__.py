"""Puts the results of a meeting into the deck that its workshop was made of; nothing that the deck holds is changed."""
