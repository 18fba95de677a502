"""Reads of one student's memory."""
