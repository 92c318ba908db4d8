"""Tests of `plan/`; `changed_plans.py` has what they share."""
