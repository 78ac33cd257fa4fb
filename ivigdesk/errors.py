"""What a nurse may read when something is refused; everything else that is raised is a bug."""

from __future__ import annotations

import errno
from decimal import Decimal

from ivigdesk.messages import N_, Amount, Message, Text, message


class WordedError(Exception):
    """An error that carries a sentence for the reader.

    Attributes:
        message: the sentence, worded at the edge in the reader's language.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(_in_english(message))
        self.message = message


class UserMistake(WordedError):
    """A value that cannot be taken, and belongs to one field.

    The sentence names the field, the value that was read and what is allowed.

    Attributes:
        field: the record's field name, e.g. `weight`, so that a form can put the sentence under it.
    """

    def __init__(self, field: str, message: Message) -> None:
        super().__init__(message)
        self.field = field


class KnownError(WordedError):
    """The world broke, or a rule refuses: what happened, what was not saved, what to do."""


_REASONS = {
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EFBIG: N_("the disk is full"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("part of the path is no folder"),
    errno.EISDIR: N_("this is a folder"),
    errno.EEXIST: N_("there is a file of that name already"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EIO: N_("the disk does not answer"),
}


def reason_of(error: OSError) -> Message | str:
    """Return why a file could not be read or written, in words; the system's own for a rare reason."""
    text = _REASONS.get(error.errno or 0)
    return message(text) if text else error.strerror or "?"


def _in_english(message: Message) -> str:
    """Return the sentence for a traceback: the developer's view, not the nurse's."""
    return message.text.format(**{name: _fact(value) for name, value in message.facts.items()})


def _fact(value: object) -> object:
    match value:
        case Message():
            return _in_english(value)
        case Text():
            return value.en
        case Amount():
            return f"{value.value} {value.unit}"
        case Decimal():
            digits = format(value, "f")
            return digits.rstrip("0").rstrip(".") if "." in digits else digits
        case tuple() | list():
            return ", ".join(str(_fact(item)) for item in value)
        case _:
            return value
