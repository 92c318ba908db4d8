"""The program for Windows without a terminal: what is in its zip, and what makes it."""
