"""The parameter protocol, as the vehicle: list, read and set."""

from collections import deque
from collections.abc import Callable

from missions.errors import InvalidInput
from simulator.aircraft.dialect import Message, mavlink
from simulator.aircraft.parameters import Parameters, decode, encode

LIST_AT_ONCE = 10
"""How many of a list go out in one step."""


class ParameterService:
    """Answers PARAM_* messages on one link. `warn` tells the pilot what was refused."""

    def __init__(
        self, system_id: int, parameters: Parameters, send: Callable[[Message], None], warn: Callable[[str], None]
    ) -> None:
        self._system_id = system_id
        self._parameters = parameters
        self._send = send
        self._warn = warn
        self._waiting: deque[str] = deque()
        self._handlers: dict[str, Callable[[Message], None]] = {
            "PARAM_REQUEST_LIST": self._list,
            "PARAM_REQUEST_READ": self._read,
            "PARAM_SET": self._set,
        }

    def receive(self, message: Message) -> bool:
        """Handles a message of the protocol; False for any other."""
        handler = self._handlers.get(message.get_type())
        if handler is None:
            return False
        if message.target_system == self._system_id and message.target_component in (0, 1):
            handler(message)
        return True

    def tick(self) -> None:
        """Sends a few more of a list that was asked for."""
        for _ in range(min(LIST_AT_ONCE, len(self._waiting))):
            self._tell(self._waiting.popleft())

    def _list(self, message: Message) -> None:
        self._waiting = deque(self._parameters.names())

    def _read(self, message: Message) -> None:
        names = self._parameters.names()
        index: int = message.param_index
        name: str = message.param_id if index < 0 else names[index] if index < len(names) else str(index)
        if name in self._parameters:
            self._tell(name)
        else:
            self._warn(f"unknown param: {name}")

    def _set(self, message: Message) -> None:
        name = message.param_id
        try:
            self._parameters.set(name, decode(message.param_value, message.param_type))
        except InvalidInput as error:
            self._warn(str(error))
        if name in self._parameters:
            self._tell(name)

    def _tell(self, name: str) -> None:
        kind = self._parameters.type_of(name)
        index = self._parameters.names().index(name)
        value = encode(self._parameters[name], kind)
        self._send(mavlink.MAVLink_param_value_message(name.encode(), value, kind, len(self._parameters), index))
