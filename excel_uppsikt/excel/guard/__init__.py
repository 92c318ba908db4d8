"""What is let in: how large and of what kind a received file may be before anything reads it."""
