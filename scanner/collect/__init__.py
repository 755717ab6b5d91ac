"""The only windows of the house: everything that touches the network, and the wall behind it."""
