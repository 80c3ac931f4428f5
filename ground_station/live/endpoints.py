"""The stream of server-sent events."""

from collections.abc import AsyncIterator
from time import monotonic
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from ground_station.access.guard import Looker, identify
from ground_station.access.service import Principal
from ground_station.errors import Unauthenticated
from ground_station.live.hub import Hub, Subscription
from ground_station.parts import TheClock, given
from ground_station.ports import Clock, LiveEvent

HEARTBEAT_S = 10.0
"""So often, however much is said meanwhile, it is asked whether the caller may still listen; the comment that follows keeps
proxies from closing a silent stream."""

router = APIRouter(tags=["live"])
TheHub = Annotated[Hub, Depends(given(Hub))]


@router.get("/stream", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def stream(request: Request, principal: Looker, hub: TheHub, clock: TheClock) -> StreamingResponse:
    """Server-sent events: hello, telemetry, fleet, flight, finding, incident, work_order, command, schedule, demand, notice."""
    subscription = hub.subscribe(lambda event: _may_see(principal, event))
    return StreamingResponse(
        _events(request, principal, hub, clock, subscription),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(
    request: Request, principal: Principal, hub: Hub, clock: Clock, subscription: Subscription
) -> AsyncIterator[bytes]:
    try:
        yield _hello(clock)
        heartbeat_s = monotonic() + HEARTBEAT_S
        while True:
            if monotonic() >= heartbeat_s:
                if not await run_in_threadpool(_is_still, principal, request):
                    return
                yield b": heartbeat\n\n"
                heartbeat_s = monotonic() + HEARTBEAT_S
            try:
                event = await subscription.next(heartbeat_s - monotonic())
            except TimeoutError:
                continue
            if event is None:
                return
            yield f"event: {event.name}\ndata: {event.data_for(principal.role)}\n\n".encode()
    finally:
        hub.unsubscribe(subscription)


def _hello(clock: Clock) -> bytes:
    return b"retry: 2000\nevent: hello\ndata: " + orjson.dumps({"time": clock()}) + b"\n\n"


def _may_see(principal: Principal, event: LiveEvent) -> bool:
    return event.department_id is None or principal.sees(event.department_id)


def _is_still(principal: Principal, request: Request) -> bool:
    """Whether the request's cookie or key still stands for the same caller with the same role."""
    try:
        return identify(request) == principal
    except Unauthenticated:
        return False
