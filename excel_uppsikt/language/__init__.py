"""How people write: text, names that are nearly alike, choices, dates and numbers in Swedish."""
