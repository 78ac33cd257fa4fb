"""What the words of the criteria are counted as: recurrent, serious, baseline."""

from __future__ import annotations

from ivigdesk.clinical.library_file import ValueSource, as_record, read_tables, refusal, split_sources
from ivigdesk.messages import N_, Record, message


class Terms(Record, frozen=True):
    """Numbers behind words; what each rests on stands in the file.

    Attributes:
        version: year and month of the last check.
        recurrent_infections, recurrent_months: so many infections in so many months are recurrent.
        life_threatening_infections, life_threatening_months: the same, for life-threatening ones.
        serious_infections, serious_months: the same, for severe and life-threatening ones.
        baseline_free_days: an IgG sample sooner after a dose of immunoglobulin is no baseline.
    """

    version: str
    recurrent_infections: int
    recurrent_months: int
    life_threatening_infections: int
    life_threatening_months: int
    serious_infections: int
    serious_months: int
    baseline_free_days: int


def parse_terms(content: bytes, name: str) -> Terms:
    """Return what the file states.

    Raises:
        KnownError: a key is unknown or missing, or a value stands without its source or is no number above 0.
    """
    values, _ = split_sources(read_tables(content, name), name)
    terms = as_record(values, name, Terms)
    for key in Terms.__struct_fields__:
        value = getattr(terms, key)
        if isinstance(value, int) and value < 1:
            raise refusal(name, key, message(N_("a number above 0 is needed here.")))
    return terms


def parse_term_sources(content: bytes, name: str) -> dict[str, ValueSource]:
    """Return what each number of the file rests on.

    Raises:
        KnownError: a value stands without its source.
    """
    return split_sources(read_tables(content, name), name)[1]
