"""The whole program works with no network, and never asks for one."""

from __future__ import annotations

import ast
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest

import ivigdesk
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.printing.print_sheets import day_sheets, pictures, plan_sheet
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import today
from ivigdesk.wording import Wording
from tests.journeys.bedside import open_the_course, start_the_dose
from tests.journeys.conftest import AtWindow


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refuse every socket and every question for a name; return those that were asked for."""
    asked: list[str] = []

    def refuse(what: str) -> Any:
        def refused(*given: Any, **_: Any) -> NoReturn:
            asked.append(f"{what} {given}")
            raise OSError("this computer has no network")

        return refused

    class NoSocket(socket.socket):
        def __init__(self, *given: Any, **_: Any) -> None:
            asked.append(f"socket {given}")
            raise OSError("this computer has no network")

    monkeypatch.setattr(socket, "socket", NoSocket)
    for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname", "socketpair"):
        monkeypatch.setattr(socket, name, refuse(name))
    return asked


def test_the_window_opens_gives_and_prints_without_a_socket(
    no_socket: list[str], desk: Desk, course: Course, at_window: AtWindow, chinese: Wording
) -> None:
    nurse = at_window(desk, "en")
    start_the_dose(nurse)
    open_the_course(nurse)
    nurse.press("Print plan")
    nurse.wait_to_see("page 1 of")
    assert pictures(plan_sheet(desk, course.id, chinese), 0.3)
    assert day_sheets(desk, today(desk.clock), chinese).pdf
    assert no_socket == []


def test_nothing_in_the_program_imports_what_talks_to_a_network() -> None:
    forbidden = {
        "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "telnetlib", "xmlrpc", "socketserver", "asyncio",
        "requests", "httpx", "aiohttp", "QtNetwork", "webbrowser",
    }  # fmt: skip
    package = Path(ivigdesk.__file__).parent
    found = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(alias.name for alias in node.names)]
            found |= {(path.name, name) for name in names if forbidden & set(name.split("."))}
    assert found == set()
