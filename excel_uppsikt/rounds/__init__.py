"""The order of the steps: each does its work on a round's folder and returns its result as a record."""
