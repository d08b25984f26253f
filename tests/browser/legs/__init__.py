"""The parts of the tour, by who walks them."""
