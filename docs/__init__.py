"""README's pictures, and `pictures.py` that makes them."""
