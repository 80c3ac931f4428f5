"""A model card for people: the same facts as the data, as Markdown."""

from models.card import ClassFigures, Figures, ModelCard, Recipe


def describe(card: ModelCard) -> str:
    """The whole card as Markdown."""
    parts = [_head(card)]
    if card.figures:
        parts.append(_figures(card.figures))
    if card.recipe:
        parts.append(_recipe(card.recipe))
    return "\n\n".join(parts) + "\n"


def _head(card: ModelCard) -> str:
    files = "\n".join(f"| file | `{name}`, SHA-256 `{digest}` |" for name, digest in card.files.items())
    return f"""# Model card: {card.name} {card.version}

**Limits.** {card.limits}

| | |
|---|---|
| input | {card.input.width_px} x {card.input.height_px} px; a picture is fitted in without distortion |
| ground | {_ground(card)} |
| classes | {len(card.classes)}, in this order: {", ".join(card.classes)} |
{_auxiliary(card)}| format | {card.format} |
{files}
| licence | {card.licence} |"""


def _auxiliary(card: ModelCard) -> str:
    return f"| found only to be masked | {', '.join(card.auxiliary)} |\n" if card.auxiliary else ""


def _ground(card: ModelCard) -> str:
    if card.ground_m_per_px is None:
        return "not stated: frames are looked at whole, whatever the height"
    finest, coarsest = card.ground_m_per_px
    return f"{finest:g} to {coarsest:g} m a pixel of the input; larger frames are cut into tiles so that they come to lie in it"


def _figures(figures: Figures) -> str:
    rows = "\n".join(_row(one) for one in figures.classes)
    return f"""## Figures

Measured on {figures.images} pictures with {figures.instances} objects: {figures.data}.
A report is right where it overlaps an object of its class by half (IoU 0.5).
{_bounds(figures)} Classes found only to be masked count in the mAP50 alone.

mAP50 **{figures.map50:.3f}**, precision **{figures.precision:.3f}**, recall **{figures.recall:.3f}**{_doubt(figures)}

| class | objects | AP50 | precision | recall |
|---|---|---|---|---|
{rows}"""


def _bounds(figures: Figures) -> str:
    own = {one.threshold for one in figures.classes}
    at = (
        f"confidence {figures.confidence:g}" if len(own) < 2 else "each class's own threshold, from which on it needs no review"
    )
    return f"Precision and recall at {at}."


def _doubt(figures: Figures) -> str:
    told = f", expected calibration error **{figures.ece:.3f}**" if figures.ece is not None else ""
    if figures.false_per_10_min is None:
        return told
    return f"{told}, false findings in 10 minutes over ground with nothing to find **{figures.false_per_10_min:.1f}**"


def _row(one: ClassFigures) -> str:
    shares = (_share(value) for value in (one.ap50, one.precision, one.recall))
    return f"| {one.name} | {one.instances} | {' | '.join(shares)} |"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _recipe(recipe: Recipe) -> str:
    commands = "\n".join(recipe.commands)
    arguments = ", ".join(f"{key} {value}" for key, value in recipe.arguments.items())
    return f"""## Recipe

{recipe.architecture}, from nothing (no weights of others), {recipe.images} pictures, {recipe.epochs} epochs; {arguments}.

```
{commands}
```"""
