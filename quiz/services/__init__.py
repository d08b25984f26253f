"""One file a concern. Session first; they flush, with a reason, and never commit."""
