"""The tables that age: built from release histories, checked, packed, and put in place of those that ship."""
