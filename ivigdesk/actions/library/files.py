"""The library: regimens, products, criteria and side effects, shipped and the ward's own, read when asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ivigdesk import resources
from ivigdesk.actions.library.checks import Kind, RefusedFile, check_name, check_sources, refused_file
from ivigdesk.actions.library.content import library_content
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message

if TYPE_CHECKING:
    from ivigdesk.clinical.eligibility.profile import Profile
    from ivigdesk.clinical.evidence import EvidenceList
    from ivigdesk.clinical.infusions.procedure import Checklist
    from ivigdesk.clinical.infusions.side_effects import SideEffectCatalogue
    from ivigdesk.clinical.products.product import Product
    from ivigdesk.scheduling.regimen import Regimen

OWN_FOLDER = "library"

_Read = TypeVar("_Read", "Regimen", "Product", "Profile")


class Library:
    """Regimens, products, profiles of criteria and side effects by id.

    A ward's own file stands beside the shipped ones in its data folder (`library/regimens`, `library/products`,
    `library/criteria`) and wins over a shipped one with the same id. A bad file is named in `problems`; the others
    still load.
    """

    def __init__(self, data_folder: Path | None = None) -> None:
        self._own = data_folder / OWN_FOLDER if data_folder is not None else None
        self._regimens: dict[str, Regimen] = {}
        self._products: dict[str, Product] = {}
        self._profiles: dict[str, Profile] = {}
        self._side_effects: SideEffectCatalogue | None = None
        self._evidence: EvidenceList | None = None
        self._refused: dict[Path, RefusedFile] = {}

    def read_again(self) -> None:
        """Forget what was read: files may have changed."""
        for read in (self._regimens, self._products, self._profiles, self._refused):
            read.clear()

    def regimen(self, regimen_id: str) -> Regimen:
        """Return one regimen.

        Raises:
            KnownError: there is no such regimen, or its file is refused.
        """
        if regimen_id not in self._regimens:
            from ivigdesk.scheduling.regimen_file import parse_regimen  # late: Today needs no library

            unknown = N_("Regimen “{value}” is not in the library. Known: {allowed}.")
            self._regimens[regimen_id] = self._parsed("regimens", regimen_id, parse_regimen, unknown)
        return self._regimens[regimen_id]

    def product(self, product_id: str) -> Product:
        """Return one product.

        Raises:
            KnownError: there is no such product, or its file is refused.
        """
        if product_id not in self._products:
            from ivigdesk.clinical.products.product_file import parse_product  # late: Today needs no library

            unknown = N_("Product “{value}” is not in the library. Known: {allowed}.")
            self._products[product_id] = self._parsed("products", product_id, parse_product, unknown)
        return self._products[product_id]

    def profile(self, profile_id: str) -> Profile:
        """Return one profile of criteria.

        Raises:
            KnownError: there is no such profile, or its file is refused.
        """
        if profile_id not in self._profiles:
            from ivigdesk.clinical.eligibility.profile_file import parse_profile  # late: Today needs no library

            unknown = N_("Criteria “{value}” are not in the library. Known: {allowed}.")
            self._profiles[profile_id] = self._parsed("criteria", profile_id, parse_profile, unknown)
        return self._profiles[profile_id]

    def regimens(self) -> tuple[Regimen, ...]:
        """Return every regimen that could be read, by row of the fact base, then id."""
        found = (self._try("regimens", path, self.regimen) for path in self._files("regimens"))
        return tuple(sorted((one for one in found if one), key=lambda one: (one.facts or "R99", one.id)))

    def products(self) -> tuple[Product, ...]:
        """Return every product that could be read, by id."""
        found = (self._try("products", path, self.product) for path in self._files("products"))
        return tuple(one for one in found if one)

    def profiles(self) -> tuple[Profile, ...]:
        """Return every profile of criteria that could be read, in the order of the fact base."""
        from ivigdesk.clinical.eligibility.criteria import PROFILE_IDS  # late: Today needs no library

        found = (self._try("criteria", path, self.profile) for path in self._files("criteria"))
        return tuple(sorted((one for one in found if one), key=lambda one: PROFILE_IDS.index(one.id)))

    def side_effects(self) -> SideEffectCatalogue:
        """Return the catalogue of side effects."""
        if self._side_effects is None:
            from ivigdesk.clinical.infusions.side_effect_file import parse_catalogue  # late: a schedule needs none

            path = resources.folder("side_effects.toml")
            self._side_effects = parse_catalogue(path.read_bytes(), path.name)
        return self._side_effects

    def evidence(self) -> EvidenceList:
        """Return the evidence that library files name as their sources."""
        if self._evidence is None:
            from ivigdesk.clinical.evidence import parse_evidence  # late: a schedule needs none

            path = resources.folder("evidence.toml")
            self._evidence = parse_evidence(path.read_bytes(), path.name)
        return self._evidence

    def checklist(self) -> Checklist:
        """Return what is checked before an infusion."""
        from ivigdesk.clinical.library import checklist  # late: a schedule needs none

        return checklist()

    @property
    def refused(self) -> tuple[RefusedFile, ...]:
        """Which files of the library were refused, of those read so far."""
        return tuple(self._refused.values())

    @property
    def problems(self) -> tuple[KnownError, ...]:
        """Why files of the library were refused, of those read so far."""
        return tuple(one.error for one in self._refused.values())

    def is_own(self, kind: Kind, name: str) -> bool:
        """Whether the file with this id is the ward's own."""
        path = self._file(kind, name)
        return path is not None and self._is_of_ward(path)

    def is_shipped(self, kind: Kind, name: str) -> bool:
        """Whether a file with this id is shipped; the ward's own one may stand in its place."""
        return any(path.stem == name for path in resources.folder(kind).glob("*.toml"))

    def file(self, kind: Kind, name: str) -> Path:
        """Return the file with this id that counts.

        Raises:
            KnownError: there is none.
        """
        path = self._file(kind, name)
        if path is None:
            text = N_("“{value}” is not in the library. Known: {allowed}.")
            raise KnownError(message(text, value=name, allowed=self._ids(kind)))
        return path

    def own_folder(self, kind: Kind) -> Path:
        """Return where the ward's own files of this kind lie; it need not exist.

        Raises:
            KnownError: this library is that of no ward.
        """
        if self._own is None:
            raise KnownError(message(N_("There is no ward here that could keep a file of its own.")))
        return self._own / kind

    def _parsed(self, kind: Kind, name: str, parse: Callable[[bytes, str], _Read], unknown: str) -> _Read:
        path = self._file(kind, name)
        if path is None:
            raise KnownError(message(unknown, value=name, allowed=self._ids(kind)))
        read = parse(library_content(path), path.name)
        check_name(path, read.id)
        if self._is_of_ward(path):  # tests hold the sources of what is shipped: a schedule reads no evidence for it
            check_sources(path.name, read, self.evidence())
        return read

    def _try(self, kind: Kind, path: Path, read: Callable[[str], _Read]) -> _Read | None:
        try:
            found = read(path.stem)
        except KnownError as error:
            self._refused[path] = refused_file(kind, path, error, is_own=self._is_of_ward(path))
            return None
        self._refused.pop(path, None)
        return found

    def _is_of_ward(self, path: Path) -> bool:
        return self._own is not None and path.is_relative_to(self._own)

    def _folders(self, kind: Kind) -> tuple[Path, ...]:
        shipped = resources.folder(kind)
        return (shipped,) if self._own is None else (self._own / kind, shipped)

    def _file(self, kind: Kind, name: str) -> Path | None:
        # SAFETY: a name with a path in it must not reach another folder.
        if not name or Path(name).name != name:
            return None
        for folder in self._folders(kind):
            path = folder / f"{name}.toml"
            # A folder or a link that leads nowhere counts too: it is refused by name, never passed over.
            if os.path.lexists(path):
                return path
        return None

    def _files(self, kind: Kind) -> tuple[Path, ...]:
        by_name = {path.name: path for folder in reversed(self._folders(kind)) for path in folder.glob("*.toml")}
        return tuple(by_name[name] for name in sorted(by_name))

    def _ids(self, kind: Kind) -> str:
        return ", ".join(path.stem for path in self._files(kind))
