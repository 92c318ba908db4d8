"""Safe, thin adapters to office files and to how people write; nothing here knows the domain."""
