"""How many visits are made at once, and what happens when one of them takes its process down."""
