"""Who is on duty, and, on the first start, what the ward is called."""

from ivigdesk.ui.sign_in.page import SignInPage

__all__ = ["SignInPage"]
