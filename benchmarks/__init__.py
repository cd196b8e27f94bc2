"""Speed and memory, as ratios of two things measured in one run on the same work."""
