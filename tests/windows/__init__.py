"""The program as it is installed on Windows."""
