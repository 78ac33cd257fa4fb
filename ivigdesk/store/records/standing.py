"""Where a dose stands in the newest calendar that has it, as a piece of SQL that several questions share."""

from __future__ import annotations

NEWEST = """
planned.revision_id = coalesce(
    (SELECT revision_id FROM current_doses WHERE dose_id = doses.id),
    (SELECT old.revision_id FROM revision_doses AS old JOIN revisions ON revisions.id = old.revision_id
        WHERE old.dose_id = doses.id ORDER BY revisions.number DESC LIMIT 1))
AND planned.dose_id = doses.id
"""
"""Joins `revision_doses AS planned` to `doses`: as the calendar in force has the dose, else where it stood last."""

PRODUCT_ID = "coalesce(json_extract(planned.product, '$.id'), json_extract(courses.product, '$.id'))"
"""What the dose is planned to be given from."""

DOSES_IN_ALL = """
(SELECT count(*) FROM revision_doses AS every WHERE every.revision_id = planned.revision_id
    AND every.state IN ('planned', 'held') AND every.is_error = 0)
"""
"""Doses of the course that are neither omitted, nor ceased, nor entered in error."""

VIAL_IS_CURRENT = "NOT EXISTS (SELECT 1 FROM vials AS later WHERE later.replaces = vials.id)"
"""A vial that no later record corrects."""
