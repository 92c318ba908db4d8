"""The sample rounds, and `build.py` that makes them."""
