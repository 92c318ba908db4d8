"""Tests of `form/`; `opened_forms.py` has what they share."""
