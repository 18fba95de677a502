"""Views: One student's memory."""
