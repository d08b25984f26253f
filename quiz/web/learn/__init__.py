"""The learner's way."""
