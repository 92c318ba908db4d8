"""Speed as a ratio to a named alternative in the same run; never part of the tests."""
