"""Regimen files as texts for the tests, and what reading them says."""

from __future__ import annotations

import pytest

from ivigdesk.errors import KnownError
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.wording import Wording

HEAD = """\
id = "ward-own"
version = "2026-11"
anchor = "first-dose"
standing = "treatment"
sources = ["ward protocol"]
title = { en = "Own", zh_CN = "自定" }
"""
PHASE = """
[[phases]]
name = { en = "Weekly", zh_CN = "每周一次" }
mg_per_kg = 400
first_day = 1
every_days = 7
doses = 4
"""
SECOND = PHASE.replace("first_day = 1\n", "first_day = 29\n")
LIST = """
[[doses]]
day = 1
mg_per_kg = 400
[[doses]]
day = 3
"""
OPEN = PHASE.replace("doses = 4\n", "")
RULE = """
[stop_rule]
text = { en = "Rule", zh_CN = "规则" }
source = "s10"
igg_trough_g_per_l = 4.5
"""
NO_AMOUNT = PHASE.replace("mg_per_kg = 400\n", "")
DIVIDED = NO_AMOUNT + "divided_mg_per_kg = 2000\n"
RANGE = "mg_per_kg_range = [400, 500]\n"
TRANSPLANT = HEAD.replace("first-dose", "transplant")


def parse(text: str) -> Regimen:
    return parse_regimen(text.encode(), "own.toml")


def refusal(text: str | bytes) -> str:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(KnownError) as refused:
        parse_regimen(content, "own.toml")
    said = Wording("en").say_error(refused.value)
    assert said.startswith("own.toml")
    assert said.endswith(". The regimen was not loaded.")
    return said
