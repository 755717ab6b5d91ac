"""The post room of rasoat: rulings in, documents out."""

OWNER = "rasoat"
