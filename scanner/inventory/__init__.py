"""Room 1: files -> agencies, sites, contacts, authorisations.

load_inventory   a reviewed agencies.toml, or ConfigError with every fault
lint             what a careful colleague would point out in it
write_toml       an inventory as the file an officer keeps
import_sheet     an XLSX or CSV list -> inventory, each bad row with its number
"""

from scanner.inventory.importer import Imported, import_sheet
from scanner.inventory.lint import lint
from scanner.inventory.toml_form import Marks, load_inventory, read_inventory
from scanner.inventory.writer import addition, write_toml

__all__ = [
    "Imported",
    "Marks",
    "addition",
    "import_sheet",
    "lint",
    "load_inventory",
    "read_inventory",
    "write_toml",
]
