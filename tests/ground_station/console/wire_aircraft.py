"""An aircraft's agent as the ground hears it: the real contract over a real broker, without anything that flies."""

import hashlib
import threading
from datetime import UTC, datetime
from queue import Queue

import cv2
import numpy as np
import paho.mqtt.client as mqtt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from paho.mqtt.enums import CallbackAPIVersion

from missions.aircraft import Drone
from missions.contracts import messages
from missions.contracts.envelope import seal, unpack, unseal
from missions.contracts.messages import Born, CommandMessage, CommandResult, LoadFlight
from missions.contracts.topics import Channel, Topic
from missions.district import District
from missions.evidence.keys import SigningKey
from missions.evidence.record import Crop, EvidenceRecord, Mask
from missions.evidence.sealing import seal as seal_picture
from missions.finding import Detection, Finding, ModelRef
from missions.flight import FlightEvent, FlightEventKind
from missions.geometry import Attitude, ErrorEllipse, GeoPoint, PixelBox
from missions.noun import Noun, new_id
from missions.telemetry import Pose, Telemetry
from tests.ground_station.console.running_station import RunningStation

REPORT_EVERY_S = 0.5
CONNECTS_WITHIN_S = 10.0
MODEL = ModelRef(name="oneflight-n", version="1", weights_sha256="0" * 64)
ANSWERS = {
    "start": FlightEventKind.TOOK_OFF,
    "hold": FlightEventKind.HELD,
    "resume": FlightEventKind.RESUMED,
    "return": FlightEventKind.RETURNING,
    "cancel": FlightEventKind.CANCELLED,
}


def picture(seed: int) -> bytes:
    """A JPEG with a coloured box on grey ground."""
    generator = np.random.default_rng(seed)
    image = cv2.GaussianBlur(generator.integers(70, 120, (240, 320, 3), dtype=np.uint8), (0, 0), 2)
    color = tuple(int(one) for one in generator.integers(80, 255, 3))
    cv2.rectangle(image, (110, 70), (210, 160), color, -1)
    return cv2.imencode(".jpg", image)[1].tobytes()


class WireAircraft:
    """Says and answers what an agent would; `silent` ends its reports while it stays connected."""

    def __init__(self, station: RunningStation, district: District, drone: Drone) -> None:
        self.district, self.drone = district, drone
        self.point = district.dock(drone.dock_id).point
        self.flight_id: str | None = None
        self.commands: Queue[str] = Queue()
        self.refusal: str | None = None
        self._session, self._sequence, self._events = new_id(), 0, 0
        self._lock, self._ended = threading.Lock(), threading.Event()
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=f"test-{drone.id}", protocol=mqtt.MQTTv311)
        self._client.username_pw_set(drone.id, station.drone_password(drone.id))
        self._client.on_message = lambda _client, _data, message: self._obey(message)
        subscribed = threading.Event()
        self._client.on_subscribe = lambda *_: subscribed.set()
        self._client.connect("127.0.0.1", station.broker_port)
        self._client.loop_start()
        self._client.subscribe(str(self._topic(Channel.COMMAND)), qos=1)
        assert subscribed.wait(CONNECTS_WITHIN_S), "the broker does not let the aircraft listen"
        self.change_key(SigningKey(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(drone.id.encode()).digest())))
        self._reporter = threading.Thread(target=self._report_on, daemon=True)
        self._reporter.start()

    def change_key(self, key: SigningKey) -> None:
        """Signs with another key from now on, and says so."""
        self._key = key
        born = Born(session=self._session, software_version="0", model=MODEL, classes=(), public_key=key.public.text)
        self._say(Channel.PRESENCE, messages.BORN, born)

    def silent(self) -> None:
        """Reports no more."""
        self._ended.set()
        self._reporter.join()

    def close(self) -> None:
        """Is gone."""
        self.silent()
        self._client.disconnect()
        self._client.loop_stop()

    def happen(self, kind: FlightEventKind) -> None:
        """Tells the ground what happened to the flight."""
        assert self.flight_id is not None
        self._events += 1
        event = FlightEvent(flight_id=self.flight_id, kind=kind, at=datetime.now(UTC), number=self._events)
        self._say(Channel.FLIGHT, messages.ADVANCED, event)

    def find(
        self,
        class_key: str,
        point: GeoPoint,
        flight_id: str,
        *,
        confidence: float = 0.9,
        seed: int = 1,
        altered: bool = False,
    ) -> str:
        """Sends signed evidence (`altered`: changed since) and then the finding; gives the finding's id."""
        jpeg, now, id = picture(seed), datetime.now(UTC), new_id()
        frame_sha256 = hashlib.sha256(jpeg).hexdigest()
        pose = Pose(time_boot_ms=0, point=point, height_m=80, camera=Attitude.from_euler(0, -90, 0))
        box = PixelBox(x_min=110, y_min=70, x_max=210, y_max=160)
        record = EvidenceRecord(
            finding_id=id,
            flight_id=flight_id,
            aircraft_id=self.drone.id,
            key_id="0" * 64,
            taken_at=now,
            pose=pose,
            frame_sha256=frame_sha256,
            picture_sha256="0" * 64,
            crop=Crop(window=box, frame_width_px=320, frame_height_px=240, width_px=320, height_px=240),
            seen=Detection(class_key=class_key, confidence=confidence, box=box),
            model=MODEL,
            software_version="0",
            mask=Mask(rule="made for a test"),
        )
        file = seal_picture(jpeg, record, self._key)
        if altered:
            file = file[:-3] + bytes([file[-3] ^ 1]) + file[-2:]
        digest = hashlib.sha256(file).hexdigest()
        evidence = Topic(self.district.id, self.drone.id, Channel.EVIDENCE, digest)
        self._client.publish(str(evidence), file, qos=1).wait_for_publish(CONNECTS_WITHIN_S)
        finding = Finding(
            id=id,
            flight_id=flight_id,
            drone_id=self.drone.id,
            route_id=None,
            class_key=class_key,
            category=self.district.category_of_class[class_key].key,
            confidence=confidence,
            position=point,
            ellipse=ErrorEllipse(semi_major_m=3.0, semi_minor_m=2.0, orientation_deg=30.0),
            observations=7,
            first_seen_at=now,
            last_seen_at=now,
            best_frame_pose=pose,
            best_frame_box=box,
            best_frame_sha256=frame_sha256,
            evidence_sha256=digest,
            model=MODEL,
            software_version="0",
        )
        self._say(Channel.FINDING, messages.RAISED, finding)
        return finding.id

    def _obey(self, message: mqtt.MQTTMessage) -> None:
        """Carries a command out; whoever waits for it in `commands` finds it done."""
        command = unpack(message.topic, unseal(message.topic, bytes(message.payload), max_bytes=2**20), CommandMessage)
        self._carry_out(command)
        self.commands.put(command.body.command)

    def _carry_out(self, command: CommandMessage) -> None:
        body = command.body
        if body.command == "rebirth":
            return
        refusal = self.refusal if body.command != "load" else None
        answer = CommandResult(command_id=command.id, accepted=refusal is None, reason=refusal or "")
        self._say(Channel.RESULT, messages.ANSWERED, answer)
        if refusal is not None:
            return
        if isinstance(body, LoadFlight):
            self.flight_id = body.flight.id
        self.happen(FlightEventKind.READIED if isinstance(body, LoadFlight) else ANSWERS[body.command])

    def _report_on(self) -> None:
        while not self._ended.wait(REPORT_EVERY_S):
            flying = self.flight_id is not None
            report = Telemetry(
                at=datetime.now(UTC),
                point=self.point,
                height_m=78.0 if flying else 0.0,
                heading_deg=45.0,
                ground_speed_mps=8.0 if flying else 0.0,
                battery_share=0.64,
                armed=flying,
                flight_id=self.flight_id,
                mission_item=3 if flying else None,
                mission_items=12 if flying else None,
            )
            self._say(Channel.TELEMETRY, messages.REPORTED, report)

    def _topic(self, channel: Channel) -> Topic:
        return Topic(self.district.id, self.drone.id, channel)

    def _say(self, channel: Channel, kind: str, data: Noun) -> None:
        with self._lock:
            self._sequence += 1
            sealed = seal(
                data, type=kind, source=self.drone.id, at=datetime.now(UTC), session=self._session, sequence=self._sequence
            )
            self._client.publish(str(self._topic(channel)), sealed, qos=0 if channel is Channel.TELEMETRY else 1)
