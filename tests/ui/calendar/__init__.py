"""The calendar of the ward, by mouse and by keyboard."""
