"""Writes of decks, facts and cards."""
