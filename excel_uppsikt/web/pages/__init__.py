"""The pages by subject. Each is imported when it is first opened, so that the program starts at once."""
