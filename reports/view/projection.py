"""The score after the orders are carried out."""

from reports.view.actions import Action
from scanner.model.dossier import Dossier
from scanner.model.ruling import Score


def projected(_dossier: Dossier, _agency_id: str, _chosen: tuple[Action, ...]) -> Score | None:
    """The expected score, or None when it cannot be computed."""
    return None
