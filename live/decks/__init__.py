"""Decks: reads slides made in PowerPoint, Impress or as PDF, and writes them as a workshop with its pictures."""
