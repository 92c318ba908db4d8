"""Ugly workbooks and hostile files: the gallery, what is fuzzed and killed, and the worst that is let in."""
