"""Figures of a class and of its items. What each means, and on how few it may rest: docs/scoring.md."""
