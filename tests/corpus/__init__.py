"""Ugly workbooks and hostile files: the gallery, what is fuzzed, and the worst that is let in."""
