"""Days: what the words of an article say of the day on which it appeared, and of the days and hours it tells of."""
