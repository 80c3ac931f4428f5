"""The limit on failed sign-ins."""

from datetime import UTC, datetime, timedelta

import pytest

from ground_station.access.rate_limit import MAX_TRACKED, SignInLimit
from ground_station.config import AccessSettings
from ground_station.errors import TooManyAttempts

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_an_address_is_limited_over_all_accounts() -> None:
    """Trying one password on many accounts runs into the address's limit."""
    limit = SignInLimit(AccessSettings(attempts_per_account=5, attempts_per_address=4))
    for number in range(4):
        limit.begin(f"user{number}", "10.0.0.1", START)
    with pytest.raises(TooManyAttempts):
        limit.begin("user9", "10.0.0.1", START)
    limit.begin("user9", "10.0.0.2", START)


def test_the_wait_is_until_the_oldest_failure_is_a_minute_old() -> None:
    """Failures at 0, 10 and 20 s with a limit of 3: at 30 s there are 30 s to wait."""
    limit = SignInLimit(AccessSettings(attempts_per_account=3, attempts_per_address=100))
    for second in (0, 10, 20):
        limit.begin("li", "a", START + timedelta(seconds=second))
    with pytest.raises(TooManyAttempts) as refusal:
        limit.begin("li", "a", START + timedelta(seconds=30))
    assert refusal.value.retry_after_s == 30


def test_memory_is_bounded() -> None:
    """Made-up names do not fill the memory."""
    limit = SignInLimit(AccessSettings())
    for number in range(MAX_TRACKED + 50):
        limit.begin(f"user{number}", f"a{number}", START)
    assert len(limit._attempts) <= MAX_TRACKED


def test_an_attempt_counts_from_its_beginning_until_it_succeeds() -> None:
    """Of four at once with a limit of 3, none decided yet, the fourth waits; one that succeeds makes room, others do not."""
    limit = SignInLimit(AccessSettings(attempts_per_account=3, attempts_per_address=100))
    for _ in range(3):
        limit.begin("li", "a", START)
    with pytest.raises(TooManyAttempts):
        limit.begin("li", "a", START)
    limit.succeeded("li", "a", START)
    limit.begin("li", "a", START)
    with pytest.raises(TooManyAttempts):
        limit.begin("li", "a", START)
