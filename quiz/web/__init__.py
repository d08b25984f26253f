"""Pages: thin routes, forms, and what templates are given."""
