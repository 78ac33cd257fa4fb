"""What is true of a patient beside age and measurements: conditions that the safety rules ask for."""

from __future__ import annotations

from typing import Literal, get_args

from ivigdesk.messages import N_, Message, message

Condition = Literal[
    "iga-deficiency",
    "anti-iga",
    "immunoglobulin-anaphylaxis",
    "fructose-intolerance",
    "hyperprolinaemia",
    "dialysis",
    "volume-depletion",
    "sepsis",
    "paraprotein",
    "earlier-clot",
    "immobility",
    "central-line",
    "oestrogens",
    "hyperviscosity",
    "cryoglobulins",
    "high-triglycerides",
    "cardiovascular-disease",
    "positive-fluid-balance",
    "migraine",
    "seizure",
    "breast-feeding",
    "b-cell-deficiency",
    "immunosuppression",
]

CONDITIONS: tuple[Condition, ...] = get_args(Condition)
"""Every condition, in the order in which a form asks for them."""

_WORDS: dict[Condition, str] = {
    "iga-deficiency": N_("selective IgA deficiency"),
    "anti-iga": N_("antibodies against IgA"),
    "immunoglobulin-anaphylaxis": N_("earlier anaphylaxis or severe reaction to immunoglobulin"),
    "fructose-intolerance": N_("hereditary fructose intolerance"),
    "hyperprolinaemia": N_("hyperprolinaemia"),
    "dialysis": N_("dialysis"),
    "volume-depletion": N_("too little fluid (volume depletion)"),
    "sepsis": N_("sepsis"),
    "paraprotein": N_("paraprotein or monoclonal band"),
    "earlier-clot": N_("earlier clot"),
    "immobility": N_("immobility"),
    "central-line": N_("central venous catheter"),
    "oestrogens": N_("oestrogens"),
    "hyperviscosity": N_("hyperviscosity"),
    "cryoglobulins": N_("cryoglobulins"),
    "high-triglycerides": N_("high triglycerides"),
    "cardiovascular-disease": N_("cardiovascular disease"),
    "positive-fluid-balance": N_("positive fluid balance"),
    "migraine": N_("migraine"),
    "seizure": N_("earlier seizure"),
    "breast-feeding": N_("breast-feeding"),
    "b-cell-deficiency": N_("transplanted for a B-cell deficiency"),
    "immunosuppression": N_("immunosuppression"),
}


def condition_words(condition: Condition) -> Message:
    """Return what a condition is called on screen and paper."""
    return message(_WORDS[condition])
