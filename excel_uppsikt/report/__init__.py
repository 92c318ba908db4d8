"""The Word report of a department, and the letter that goes with it."""
