"""What a page says of itself: its outlet, its day, and who puts it out where it is a statement or a paper."""
