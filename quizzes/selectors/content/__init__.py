"""Reads of decks, facts and the questions made from them."""
