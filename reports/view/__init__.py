"""What a report shows, in the words and order it shows it: pure functions from a dossier to strings."""
