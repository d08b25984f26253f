"""What the app knows, as plain Python. See README.md here."""
