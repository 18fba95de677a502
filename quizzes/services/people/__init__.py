"""Writes about people: profiles and roles."""
