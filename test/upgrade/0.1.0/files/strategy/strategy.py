"""A strategy."""
