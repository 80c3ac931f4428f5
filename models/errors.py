"""What can be wrong with a model, a picture or a data set that somebody gives us."""

from missions.errors import InvalidInput


class ModelError(InvalidInput):
    """A model cannot be used: `source` is its file or folder, `where` the part of it, `cause` the reason."""


class PictureError(InvalidInput):
    """A picture cannot be looked at: it is unreadable, or no 8-bit colour image."""


class DataSetError(InvalidInput):
    """A data set is malformed; `where` is a key of data.yaml, or a line of a label file."""
