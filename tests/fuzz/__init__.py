"""What hostile bytes may do to a parser: nothing but the one error it promises."""
