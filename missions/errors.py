"""The refusals every part of OneFlight shares. An ordinary "no" is a value (`Infeasible`); these are for broken input."""


class OneFlightError(Exception):
    """Base of every error that OneFlight raises on purpose; its text is fit to show to a user."""


class InvalidInput(OneFlightError):
    """Something given to us is wrong: says what (`source`), where in it (`where`) and why (`cause`)."""

    def __init__(self, source: str, where: str, cause: str) -> None:
        self.source = source
        self.where = where
        self.cause = cause
        super().__init__(": ".join(part for part in (source, where, cause) if part))


class CatalogError(InvalidInput):
    """A catalogue file is malformed; `where` is a line or a key."""


class FormatError(InvalidInput):
    """A plan, KML, GeoJSON or other exchange file is malformed; `where` is a line, element or key."""


class MessageError(InvalidInput):
    """A message on the wire does not follow its contract; `source` is the topic."""


class NotFound(OneFlightError):
    """The thing named by the caller does not exist here."""


class Conflict(OneFlightError):
    """The request is well formed but does not fit the present state (for example a step out of order)."""


class Forbidden(OneFlightError):
    """The caller is known but may not do this."""
