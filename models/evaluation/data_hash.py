"""What a data set's split is, as one hash: its classes, its pictures and their labels, wherever the folder lies."""

import hashlib

from models.card import sha256_of
from models.evaluation.data_set import DataSet, label_file


def data_sha256(data: DataSet) -> str:
    """The SHA-256 over the class names and, by picture in order of name: name, SHA-256 of picture, SHA-256 of labels."""
    lines = [",".join(data.names)]
    for picture in data.pictures:
        labels = label_file(picture)
        lines.append(f"{picture.name} {sha256_of(picture)} {sha256_of(labels) if labels.is_file() else '-'}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
