"""Tests of `findings/`: codes, places and what findings say."""
