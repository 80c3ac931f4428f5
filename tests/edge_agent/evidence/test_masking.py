import numpy as np
import pytest

from edge_agent.evidence.masking import LIMIT_CM_PER_PX, MAX_REGIONS, Masker, Shown
from edge_agent.ports import Image
from missions.finding import Detection
from tests.edge_agent.evidence.made_exposure import FakeFinder, box

OBJECT = box(100, 100, 220, 220)
PERSON = Detection(class_key="person", confidence=0.12, box=box(140, 140, 160, 170))


def street(seed: int = 3) -> Image:
    """320 x 320 pixels of noise, in which every pixel matters."""
    return np.random.default_rng(seed).integers(0, 255, (320, 320, 3), dtype=np.uint8)


def distinct_rows(part: Image) -> int:
    return len(np.unique(part.reshape(part.shape[0], -1), axis=0))


def test_from_inspection_height_nothing_is_masked() -> None:
    """At 5 cm a pixel a face is 3 pixels wide: the picture stays as it is, no model is asked, and the record says why."""
    finder = FakeFinder(PERSON)
    masked = Masker([finder]).mask(Shown(street(), 5.0, OBJECT))
    assert np.array_equal(masked.image, street())
    assert (masked.mask.regions, finder.asked) == ((), 0)
    assert masked.mask.rule == "5.0 cm a pixel, limit 4 cm: neither faces nor plates can be recognised"


def test_a_person_on_the_object_is_masked_and_the_rest_of_it_stays() -> None:
    """At 2 cm a pixel the person, found with 12 %, with 15 % more round it, becomes blocks of 25 cm; beside it the object is
    as it was, and the record lists what was done.
    """
    image = street()
    masked = Masker([FakeFinder(PERSON)]).mask(Shown(image, 2.0, OBJECT))
    surroundings, person = masked.mask.regions
    assert (surroundings.why, person.why, person.confidence) == ("surroundings", "person", 0.12)
    assert person.box == box(140 - 4.5, 140 - 4.5, 160 + 4.5, 170 + 4.5)
    face = masked.image[136:174, 136:164]
    assert distinct_rows(face) <= 4  # 39 pixels of 2 cm are 78 cm: three blocks of 25 cm, or four cut by the edge
    assert np.array_equal(masked.image[180:220, 100:220], image[180:220, 100:220])


def test_surroundings_are_never_finer_than_the_limit() -> None:
    """At 1 cm a pixel the surroundings are blocks of 4 x 4 pixels, whether a model saw somebody there or not."""
    masked = Masker([FakeFinder()]).mask(Shown(street(), 1.0, OBJECT))
    corner = masked.image[:40, :40].reshape(10, 4, 10, 4, 3)
    assert np.array_equal(corner, np.broadcast_to(corner[:, :1, :, :1], corner.shape))


@pytest.mark.parametrize(
    "finders", [[], [FakeFinder(PERSON, classes=frozenset({"person"}))], [FakeFinder(classes=frozenset({"plate"}))]]
)
def test_where_no_model_knows_both_everything_is_coarsened(finders: list[FakeFinder]) -> None:
    """Without models for people and for vehicles the object, too, is shown no finer than the limit; the record says so."""
    masked = Masker(finders).mask(Shown(street(), 1.0, OBJECT))
    blocks = masked.image.reshape(80, 4, 80, 4, 3)
    assert np.array_equal(blocks, np.broadcast_to(blocks[:, :1, :, :1], blocks.shape))
    assert [region.why for region in masked.mask.regions] == ["finer than allowed"]
    assert "no model here finds people and vehicles" in masked.mask.rule


def test_models_of_faces_and_plates_count_as_well() -> None:
    """A face model and a plate model of the user's own together find both; all that they find is masked."""
    face = FakeFinder(Detection(class_key="face", confidence=0.5, box=box(150, 150, 160, 160)), classes=frozenset({"face"}))
    plate = FakeFinder(Detection(class_key="plate", confidence=0.5, box=box(180, 180, 200, 190)), classes=frozenset({"plate"}))
    masked = Masker([face, plate]).mask(Shown(street(), 1.0, OBJECT))
    assert [region.why for region in masked.mask.regions] == ["surroundings", "face", "plate"]
    assert masked.mask.looked_for == ("face", "plate")


def test_who_was_seen_in_the_frame_is_masked_without_another_look() -> None:
    """Somebody whom the look at the whole frame has found is masked, also at the picture's edge; who stands beside the
    picture, or is found a second time inside another mask, adds no region.
    """
    known = Detection(class_key="vehicle", confidence=0.4, box=box(-20, 110, 30, 140))
    elsewhere = Detection(class_key="vehicle", confidence=0.9, box=box(-200, 0, -10, 40))
    again = PERSON.model_copy(update={"confidence": 0.11, "box": box(142, 142, 158, 168)})
    shown = Shown(street(), 2.0, OBJECT, bystanders=(known, elsewhere))
    masked = Masker([FakeFinder(PERSON, again)]).mask(shown)
    assert [region.why for region in masked.mask.regions] == ["surroundings", "vehicle", "person"]
    assert masked.mask.regions[1].box == box(0, 102.5, 37.5, 147.5)


def test_an_unknown_resolution_counts_as_fine() -> None:
    """Where nothing tells how near the ground is, faces might be recognisable: it is masked as if they were."""
    masked = Masker([FakeFinder(PERSON)]).mask(Shown(street(), None, OBJECT))
    assert [region.why for region in masked.mask.regions] == ["surroundings", "person"]
    assert masked.mask.rule.startswith("unknown ground resolution")


def test_a_crowd_is_coarsened_as_a_whole() -> None:
    """More regions than a record holds: the whole picture is coarsened."""
    crowd = [PERSON.model_copy(update={"box": box(5 * n, 0, 5 * n + 4, 8)}) for n in range(MAX_REGIONS + 1)]
    masked = Masker([FakeFinder(*crowd)]).mask(Shown(street(), 1.0, OBJECT))
    assert [region.why for region in masked.mask.regions] == ["finer than allowed"]


def test_the_same_person_is_never_masked_alike() -> None:
    """Each mask has noise of its own, so that guesses cannot be compared with it pixel for pixel."""
    one, two = (Masker([FakeFinder(PERSON)]).mask(Shown(street(), 2.0, OBJECT)).image for _ in range(2))
    assert not np.array_equal(one[140:170, 140:160], two[140:170, 140:160])


def test_where_the_category_asks_for_people_only_the_object_is_shown() -> None:
    """The picture for those who may see people has the object as it is and everything round it coarsened, and says so."""
    image = street()
    spared = Masker([FakeFinder(PERSON)]).spare(Shown(image, 1.0, OBJECT))
    assert np.array_equal(spared.image[100:220, 100:220], image[100:220, 100:220])
    assert not np.array_equal(spared.image[:100], image[:100])
    assert spared.mask.shows_people
    assert LIMIT_CM_PER_PX == 4.0


def test_the_frame_itself_is_never_changed() -> None:
    """Masking works on copies: later evidence of the same frame starts from the frame."""
    image = street()
    Masker([FakeFinder(PERSON)]).mask(Shown(image, 1.0, OBJECT))
    assert np.array_equal(image, street())
