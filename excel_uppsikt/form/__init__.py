"""The form that a unit fills in: defined once, written, sent out, and sent back with what to correct."""
