"""`python -m scanner` is `rasoat`."""

from scanner.cli import main

if __name__ == "__main__":
    main(prog_name="rasoat")
