"""Names of places: those of the gazetteer that a text uses as places, and those that no table lists."""
