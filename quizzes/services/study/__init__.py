"""Writes of one student's memory."""
