"""Views: Accounts."""
