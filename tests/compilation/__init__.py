"""Tests of `compilation/`; `edited_rounds.py` and `compiled_rounds.py` have what they share."""
