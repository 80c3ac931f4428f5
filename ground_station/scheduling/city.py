"""Many districts planned side by side: each by itself, in processes of this machine or, through Ray, on several."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Protocol

from ground_station.scheduling.planner import Planned, plan_and_check
from missions.catalog.generator import generate
from missions.district import District
from missions.errors import InvalidInput
from missions.scheduling.day import DayRequest


class Workers(Protocol):
    """Runs functions elsewhere."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> "Future[Any]":
        """The future has what the function returns, or the exception it ended with."""


OpenWorkers = Callable[[], AbstractContextManager[Workers]]
Plan = Callable[[DayRequest, float], Planned]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a district: its plan, or (where `planned` is None) what went wrong. `is_lost`: a worker died."""

    district_id: str
    planned: Planned | None
    error: str = ""
    is_lost: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether there is a plan, and the checker found nothing in it."""
        return self.planned is not None and not self.planned.violations


def plan_city(
    requests: Sequence[DayRequest],
    time_limit_s: float,
    open_workers: OpenWorkers,
    *,
    plan: Plan = plan_and_check,
    on_done: Callable[[Outcome], None] | None = None,
) -> list[Outcome]:
    """Every district's day, in the order of the requests; `on_done` gets each as it is done.

    A district that fails takes no other along. A worker that dies does: so whoever lost theirs is planned once more, alone.
    """
    tell = on_done or (lambda _: None)
    outcomes: dict[int, Outcome] = {}
    with open_workers() as workers:
        for number, outcome in _done(requests, time_limit_s, workers, plan):
            if not outcome.is_lost:
                outcomes[number] = outcome
                tell(outcome)
    for number in sorted(set(range(len(requests))) - set(outcomes)):
        with open_workers() as workers:
            ((_, outcomes[number]),) = _done([requests[number]], time_limit_s, workers, plan)
        tell(outcomes[number])
    return [outcomes[number] for number in range(len(requests))]


def _done(requests: Sequence[DayRequest], time_limit_s: float, workers: Workers, plan: Plan) -> Iterator[tuple[int, Outcome]]:
    futures = {_submitted(workers, plan, request, time_limit_s): number for number, request in enumerate(requests)}
    for future in as_completed(futures):
        number, error = futures[future], future.exception()
        district_id = requests[number].district.id
        if error is None:
            yield number, Outcome(district_id, future.result())
        else:
            text = f"{type(error).__name__}: {error}"
            yield number, Outcome(district_id, None, text, is_lost=isinstance(error, BrokenExecutor))


def _submitted(workers: Workers, plan: Plan, request: DayRequest, time_limit_s: float) -> "Future[Planned]":
    """A pool that is broken already refuses at once; that is an answer like any other."""
    try:
        return workers.submit(plan, request, time_limit_s)
    except BrokenExecutor as error:
        refused: Future[Planned] = Future()
        refused.set_exception(error)
        return refused


@contextmanager
def processes(workers: int | None = None) -> Iterator[Workers]:
    """So many processes of this machine (None: one for each of its cores)."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool


@contextmanager
def ray_cluster(workers: int | None = None) -> Iterator[Workers]:
    """The Ray cluster that RAY_ADDRESS names; without it, one on this machine of so many cores (None: all of them)."""
    try:
        import ray
    except ImportError as error:
        raise InvalidInput("--on", "ray", "is not installed: pip install 'oneflight[ray]'") from error
    ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
    try:
        yield _Ray(ray)
    finally:
        ray.shutdown()


class _Ray:
    """Ray's tasks with the face of an executor."""

    def __init__(self, ray: Any) -> None:
        self._ray = ray

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> "Future[Any]":
        future: Future[Any] = self._ray.remote(function).remote(*arguments).future()
        return future


def example_city(district: District, count: int) -> list[District]:
    """So many districts: the given one, and others on its ground with routes that the catalogue's generator made for them."""
    others = (
        district.model_copy(update={"id": f"{district.id}-{seed}", "routes": tuple(generate(district, seed))})
        for seed in range(2, count + 1)
    )
    return [district, *others]
