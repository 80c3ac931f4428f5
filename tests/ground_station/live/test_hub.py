"""Fan-out to the consoles."""

import asyncio
from threading import Thread

from ground_station.live.hub import MAX_WAITING, Hub
from ground_station.ports import LiveEvent


def everything(event: LiveEvent) -> bool:
    return True


async def test_events_come_in_order_from_another_thread() -> None:
    """A hundred events published by another thread arrive complete and in order."""
    hub = Hub()
    subscription = hub.subscribe(everything)
    thread = Thread(target=lambda: [hub.publish(LiveEvent("n", str(number))) for number in range(100)])
    thread.start()
    got = [await subscription.next(5) for _ in range(100)]
    thread.join()
    assert [event.data for event in got if event] == [str(number) for number in range(100)]


async def test_a_filter_is_kept() -> None:
    """Only what the subscriber may see is put into its queue."""
    hub = Hub()
    subscription = hub.subscribe(lambda event: event.department_id in (None, "police"))
    for department_id in ("ecology", "police", None):
        hub.publish(LiveEvent("n", str(department_id), department_id))
    got = [await subscription.next(5) for _ in range(2)]
    assert [event.data for event in got if event] == ["police", "None"]


async def test_a_slow_console_is_let_go_and_others_are_not_held_up() -> None:
    """One reads nothing: beyond the bound its stream ends. The other gets everything."""
    hub = Hub()
    slow, quick = hub.subscribe(everything), hub.subscribe(everything)
    for number in range(MAX_WAITING + 1):
        hub.publish(LiveEvent("n", str(number)))
        assert await quick.next(5) is not None
    assert await slow.next(5) is None


async def test_closing_ends_every_stream() -> None:
    """None comes, so that the server can end."""
    hub = Hub()
    subscriptions = [hub.subscribe(everything) for _ in range(3)]
    hub.close()
    assert await asyncio.gather(*(one.next(5) for one in subscriptions)) == [None] * 3


async def test_a_stream_that_has_left_gets_nothing() -> None:
    """After unsubscribing nothing is queued."""
    hub = Hub()
    subscription = hub.subscribe(everything)
    hub.unsubscribe(subscription)
    hub.publish(LiveEvent("n", "1"))
    try:
        await subscription.next(0.05)
    except TimeoutError:
        return
    raise AssertionError("an event came")
