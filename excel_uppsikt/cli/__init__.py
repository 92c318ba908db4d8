"""The face on the command line: parses arguments, calls a step of `rounds/`, prints what came of it."""
