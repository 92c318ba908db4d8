"""The plan: plan.xlsx defined, read, written, and its fixed texts."""
