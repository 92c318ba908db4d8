"""What was found wrong: findings, their places, and the catalogue with every code's Swedish texts."""
