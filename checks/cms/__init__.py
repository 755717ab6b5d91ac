"""Checks of content management systems and server software: disclosed, outdated, out of support."""
