"""Dutch, of the Netherlands and of Flanders: data only."""
