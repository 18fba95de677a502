"""Reads about people: accounts, roles, invitations."""
