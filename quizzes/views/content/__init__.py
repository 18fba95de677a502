"""Views: Decks and facts."""
