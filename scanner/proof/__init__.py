"""The proof of identification: releases of known number, served on loopback from their own histories and visited."""
