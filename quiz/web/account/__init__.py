"""What a learner can do about what is kept."""
