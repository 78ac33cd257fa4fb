"""Products, regimens and requests that the clinical tests share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import msgspec

from ivigdesk import resources
from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.clinical.products.product import Product, Vial
from ivigdesk.clinical.products.product_file import parse_product
from ivigdesk.messages import Text
from ivigdesk.scheduling.regimen import ListedDose, Phase, Regimen

MONDAY = date(2026, 3, 2)


@cache
def every_product() -> tuple[Product, ...]:
    """Every shipped product, by file name."""
    return tuple(parse_product(path.read_bytes(), path.name) for path in resources.files("products", ".toml"))


def shipped_products() -> tuple[Product, ...]:
    """Every shipped product that a course may be planned with: nothing about it waits for the pharmacist."""
    return tuple(one for one in every_product() if one.to_confirm is None)


def product(product_id: str) -> Product:
    return next(one for one in every_product() if one.id == product_id)


def with_vials(*sizes_g: str) -> Product:
    """The Chinese 5 % product in other vial sizes."""
    vials = tuple(Vial(mg=int(Decimal(size) * 1000), ml=Decimal(size) * 20) for size in sizes_g)
    return msgspec.structs.replace(product("cn-ph4-5"), vials=vials)


def name(en: str) -> Text:
    return Text(en=en, zh_CN="中文")


CMV = Regimen(
    id="cmv-test",
    version="2026-11",
    anchor="first-dose",
    standing="treatment",
    title=name("CMV pneumonia"),
    sources=("article-ref-4",),
    requires=("antiviral",),
    indication="cmv",
    phases=(
        Phase(name=name("Alternate days"), mg_per_kg=Decimal(150), first_day=1, every_days=2, for_days=14),
        Phase(
            name=name("Weekly"),
            mg_per_kg=Decimal(150),
            first_day=15,
            first_day_choices=(15, 20, 21),
            every_days=7,
            doses=4,
        ),
    ),
)


def listed(*doses: tuple[int, int | None], **changes: object) -> Regimen:
    """A regimen of single days, each with its mg/kg."""
    regimen = Regimen(
        id="listed-test",
        version="2026-11",
        anchor="first-dose",
        standing="treatment",
        title=name("Listed"),
        sources=("test",),
        doses=tuple(ListedDose(day=day, mg_per_kg=None if mg is None else Decimal(mg)) for day, mg in doses),
    )
    return msgspec.structs.replace(regimen, **changes)


def request(**changes: object) -> PlanRequest:
    """The article's course for 70 kg, with nothing that stands in the way."""
    plain = PlanRequest(
        regimen=CMV,
        product=product("cn-ph4-5"),
        first_on=MONDAY,
        transplant_on=None,
        weight_g=70_000,
        antiviral="ganciclovir",
    )
    return msgspec.structs.replace(plain, **changes)
