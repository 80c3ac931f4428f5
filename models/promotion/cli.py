"""`oneflight model promote`, `rollback` and `list`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

RegistryOption = Annotated[Path, typer.Option("--registry", help="folder of promoted models; an agent's `[model] registry`")]
NameOption = Annotated[str, typer.Option("--name", help="under which agents ask for it")]


def promote(
    candidate: Annotated[Path, typer.Argument(help="folder of the candidate, with its card")],
    frozen: Annotated[Path, typer.Option(help="data set on which both are measured, kept for this alone")],
    registry: RegistryOption,
    name: NameOption = "district-33",
    over: Annotated[str | None, typer.Option(help="model to compare with; the current one of that name if left out")] = None,
    split: Annotated[str, typer.Option(help="train, val or test")] = "test",
    margin: Annotated[float, typer.Option(min=0, max=1, help="of AP50 that a class may lose")] = 0.02,
    report: Annotated[Path | None, typer.Option(help="JSON file to write the comparison to")] = None,
    accept_unmeasured: Annotated[bool, typer.Option("--accept-unmeasured", help="pass classes with too few instances")] = False,
    accept_other_frozen: Annotated[bool, typer.Option("--accept-other-frozen", help="take new frozen pictures")] = False,
    threads: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Let a candidate fly in the current model's place, if no class is worse. Exit code 1: it was refused."""
    from models.evaluation.data_set import read_data_set
    from models.promotion.promoting import Change, Terms, judge, objections
    from models.promotion.promoting import promote as make_current
    from models.registry import locate
    from models.shelf import Shelf

    terms = Terms(read_data_set(frozen, split), margin, accept_unmeasured, accept_other_frozen, threads)
    current = locate(over or name, registry)
    comparison = judge(candidate, current, terms)
    if report:
        report.write_text(comparison.model_dump_json(indent=2) + "\n", encoding="utf-8")
    print(comparison.in_words())
    against = objections(comparison, Shelf(registry).lines().get(name), terms)
    for one in against:
        print(f"not promoted: {one}")
    if against:
        raise typer.Exit(1)
    line = make_current(Shelf(registry), name, Change(current, candidate, comparison), datetime.now(UTC))
    print(f"{name} is now {line.current.folder}; it was {line.current.over}")


def rollback(
    registry: RegistryOption,
    name: NameOption = "district-33",
    why: Annotated[str, typer.Option(help="kept with the change")] = "",
) -> None:
    """Go back to the model that the current one took the place of."""
    from models.promotion.promoting import rollback as go_back
    from models.shelf import Shelf

    line = go_back(Shelf(registry), name, datetime.now(UTC), why)
    print(f"{name} is now {line.current.folder}")


def list_models(registry: Annotated[Path | None, typer.Option("--registry", help="folder of promoted models")] = None) -> None:
    """Show the shipped models, and the registry's with all their promotions, newest first."""
    from models.card import read_card
    from models.registry import locate, shipped_names
    from models.shelf import Shelf

    for name in shipped_names():
        print(f"{name} {read_card(locate(name)).version} (shipped)")
    for name, line in Shelf(registry).lines().items() if registry else ():
        print(f"{name} (current: {line.current.folder})")
        for one in reversed(line.promotions):
            print(f"  {one.at:%Y-%m-%d %H:%M} {one.folder}  {one.why}")
