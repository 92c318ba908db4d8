"""Rounds kept, read back and compared."""
