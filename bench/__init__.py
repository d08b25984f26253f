"""What is measured apart from the tests: by hand, never asserted."""
