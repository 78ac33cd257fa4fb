"""Values outside the limits marked with sign and words, and the small plot of the course."""

from __future__ import annotations

from datetime import timedelta

from ivigdesk.clock import SetClock
from ivigdesk.sheets.trend.shapes import Mark, Polyline
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.infusion.cards.vital_shapes import shapes_of
from ivigdesk.ui.widgets.tables.cells import CellRole
from ivigdesk.wording import Wording
from tests.ui.infusion.bedside import VALUES, observe


def test_values_outside_the_limits_have_a_sign_and_words(running: InfusionPage, clock: SetClock) -> None:
    observe(running, *VALUES)
    assert not running.cards.observations.noticed.isVisible()
    clock.advance(timedelta(minutes=10))
    observe(running, "38.4", "104", "120", "70", "18", "90")
    model = running.cards.observations.table.model()
    row = [model.index(1, column) for column in range(model.columnCount())]
    assert [index.data() for index in row[1:6]] == ["! 38.4", "! 104", "120/70", "18", "! 90"]
    assert row[5].data(CellRole.CELL).ink == "serious"
    noticed = running.cards.observations.noticed.sentence.replace("\u00a0", " ")
    assert noticed.startswith("!\u200209:15: fever: 38.0 °C or more; temperature 1.6 °C above the first value")
    assert "SpO2 below 92 %: stop and call for help" in noticed
    assert "fever" in row[6].data()


def test_the_plot_shows_each_sign_with_a_shape_of_its_own_and_the_rate_as_steps(
    running: InfusionPage, clock: SetClock, english: Wording
) -> None:
    observe(running, *VALUES)
    assert not running.cards.course.isVisible(), "one observation is no course"
    clock.advance(timedelta(minutes=15))
    observe(running, "37.1", "84", "126", "78", "16", "98")
    running.cards.running.step.click()
    clock.advance(timedelta(minutes=15))
    running._tick()
    plot = running.cards.plot
    assert running.cards.course.isVisible()
    assert [lane.form for lane in plot.lanes] == ["circle", "square", "triangle", None]
    assert "Temp °C: 09:05 36.8, 09:20 37.1" in plot.accessibleDescription()
    since, until = plot.lanes[0].points[0][0], clock.now()
    shapes = shapes_of(plot.lanes, since, until, 400.0, 32.0, english)
    assert len({shape.form for shape in shapes if isinstance(shape, Mark)}) == 3
    steps = [shape for shape in shapes if isinstance(shape, Polyline)][-1].points
    assert steps[0][1] > steps[-1][1], "the rate went up"
    assert {point[1] for point in steps} == {steps[0][1], steps[-1][1]}, "in one step"


def test_a_plot_is_painted(running: InfusionPage, clock: SetClock) -> None:
    observe(running, *VALUES)
    clock.advance(timedelta(minutes=15))
    observe(running, "37.1", "84")
    picture = running.cards.plot.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(80, picture.width()) for y in range(picture.height())}
    assert len(colours) > 4
