"""Tests of `report/`: the Word report and its letter."""
