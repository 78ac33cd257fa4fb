"""What the library's card says of each kind of file."""

from ivigdesk.ui.library.parts.criteria import criteria_parts
from ivigdesk.ui.library.parts.evidence import evidence_parts
from ivigdesk.ui.library.parts.product import product_parts
from ivigdesk.ui.library.parts.refused import refused_parts
from ivigdesk.ui.library.parts.regimen import regimen_parts

__all__ = ["criteria_parts", "evidence_parts", "product_parts", "refused_parts", "regimen_parts"]
