"""Takes the footage of an order: the material as a drone would have left it, and the truth beside it."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import cv2
from cv2.typing import MatLike

from missions.district import District
from missions.errors import InvalidInput
from missions.optics import Intrinsics
from simulator.footage.exposure import Exposure, FlightTelling
from simulator.footage.flight_log import Image, write_log
from simulator.footage.flights import Flight, flights_of, site_of
from simulator.footage.order import Order
from simulator.footage.photo import photo
from simulator.footage.rendering import Picture, pictures
from simulator.footage.told import GROUND_ALTITUDE_M
from simulator.footage.truth import TrueFrame, Truth, save_truth
from simulator.footage.video import subtitles, write_video

MATERIAL, TRUTH, CAMERA = "material", "truth.json", "camera.toml"
"""Below the folder of an order: what a drone would have left, the truth, and the first flight's lens as it was calibrated."""

_PLAIN_JPEG = [cv2.IMWRITE_JPEG_QUALITY, 92]


class Footage:
    """The footage of one order, ready to be taken."""

    def __init__(self, order: Order, district: District) -> None:
        self.order = order
        self.world, middle = site_of(order, district)
        self.flights = flights_of(order, self.world, middle)

    def __len__(self) -> int:
        """How many pictures it will have."""
        return sum(len(flight.times_s) for flight in self.flights)

    def take(self, out: Path, processes: int) -> Iterator[TrueFrame]:
        """Writes everything below `out`, where no footage may be yet; gives each picture's truth when it is written."""
        material = out / MATERIAL
        try:
            material.mkdir(parents=True)
        except OSError as error:
            raise InvalidInput(str(material), "", f"cannot be made anew: {error}") from error
        tellings = [FlightTelling(self.order, flight, self.world.frame) for flight in self.flights]
        (out / CAMERA).write_text(camera_file(tellings[0].exposures()[0].lens), encoding="utf-8")
        poses = (exposure.pose for telling in tellings for exposure in telling.exposures())
        taken = pictures(self.world, self.order.lens, poses, processes)
        frames: list[TrueFrame] = []
        for flight, telling in zip(self.flights, tellings, strict=True):
            for frame in self._write(flight, telling, taken, material):
                frames.append(frame)
                yield frame
        save_truth(self._truth(frames), out / TRUTH)

    def _write(self, flight: Flight, telling: FlightTelling, taken: Iterator[Picture], material: Path) -> Iterator[TrueFrame]:
        exposures = telling.exposures()
        shots = zip(exposures, islice(taken, len(exposures)), strict=True)
        if self.order.kind == "video":
            yield from self._write_video(exposures, shots, material)
            return
        images: list[Image] = []
        for exposure, picture in shots:
            path = material / f"{exposure.stem}.JPG"
            path.write_bytes(self._jpeg(exposure, picture))
            images.append(Image(path.name, exposure.told))
            yield _true(exposure, picture, path.name)
        if self.order.kind == "log":
            write_log(material / f"flight_{flight.number + 1:04d}.tlog", telling.telemetry(), images)

    def _write_video(
        self, exposures: list[Exposure], shots: Iterator[tuple[Exposure, Picture]], material: Path
    ) -> Iterator[TrueFrame]:
        path = material / f"{exposures[0].stem}.MP4"
        frames: list[TrueFrame] = []

        def passing() -> Iterator[MatLike]:
            for exposure, picture in shots:
                frames.append(_true(exposure, picture, f"{path.name}#{exposure.number:06d}"))
                yield picture.pixels

        size_px = (self.order.width_px, self.order.height_px)
        write_video(path, passing(), self.order.frames_per_s, size_px)
        path.with_suffix(".SRT").write_text(subtitles(exposures, self.order.frames_per_s), encoding="utf-8")
        yield from frames

    def _jpeg(self, exposure: Exposure, picture: Picture) -> bytes:
        if self.order.kind == "photos":
            return photo(picture.pixels, exposure.told, exposure.lens)
        return cv2.imencode(".jpg", picture.pixels, _PLAIN_JPEG)[1].tobytes()

    def _truth(self, frames: list[TrueFrame]) -> Truth:
        order = self.order
        return Truth(
            kind=order.kind,
            world=self.world,
            ground_altitude_m=GROUND_ALTITUDE_M,
            lens=order.lens,
            sigmas=order.sigmas,
            frames=tuple(frames),
        )


def camera_file(lens: Intrinsics) -> str:
    """A lens as `oneflight inspect --camera` takes it."""
    size = f"width_px = {lens.width_px}\nheight_px = {lens.height_px}\n"
    focal = f"fx_px = {lens.fx_px!r}\nfy_px = {lens.fy_px!r}\ncx_px = {lens.cx_px!r}\ncy_px = {lens.cy_px!r}\n"
    bent = "".join(f"{name} = {value!r}\n" for name, value in lens.distortion.model_dump().items())
    return f"[lens]\n{size}{focal}\n[lens.distortion]\n{bent}"


def _true(exposure: Exposure, picture: Picture, name: str) -> TrueFrame:
    return TrueFrame(
        name=name,
        flight=exposure.flight.number,
        at=exposure.told.at,
        pose=exposure.pose,
        velocity_mps=exposure.flight.course.velocity_mps(exposure.pose.time_boot_ms / 1000),
        error=exposure.error,
        target=exposure.flight.target,
        boxes=picture.boxes,
    )
