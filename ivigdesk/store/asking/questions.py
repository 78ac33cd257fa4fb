"""How a question reaches the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from ivigdesk.store.driver import Database

P = ParamSpec("P")
T = TypeVar("T")


class Questions:
    """Something that questions can be asked of."""

    def ask(self, question: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the answer to a question of `store`."""
        raise NotImplementedError
