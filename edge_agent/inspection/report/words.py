"""Numbers and fates as people read them, Chinese first."""

from datetime import datetime

from edge_agent.inspection.result import Fate
from edge_agent.visibility import Unseen
from missions.working_time import DISTRICT_TIME

FATES = {
    Fate.SEEN: "已查看",
    Fate.NOT_SEEN: "看不清",
    Fate.PRIVATE: "隐私区未查看",
    Fate.UNPLACED: "无法定位",
    Fate.BROKEN: "已损坏",
}
UNSEEN = {Unseen.DARK: "过暗", Unseen.OVEREXPOSED: "过曝", Unseen.COVERED: "遮挡或雾", Unseen.BLURRED: "模糊"}
HECTARE_M2 = 10_000.0
BRIGHT = 160.0


def area_words(area_m2: float) -> str:
    """Square metres below a hectare, hectares above."""
    return f"{area_m2:,.0f} m²" if area_m2 < HECTARE_M2 else f"{area_m2 / HECTARE_M2:,.2f} ha"


def time_words(at: datetime | None) -> str:
    """To the second, in the districts' time."""
    return "—" if at is None else at.astimezone(DISTRICT_TIME).strftime("%Y-%m-%d %H:%M:%S")


def why_words(why: str) -> str:
    """A reason; those that are ours in Chinese too."""
    known = {str(unseen): chinese for unseen, chinese in UNSEEN.items()}
    return f"{known[why]} {why}" if why in known else why


def ink_on(color: str) -> str:
    """Black or white, whichever is read better on a colour (#rrggbb): by its luma (ITU-R BT.601)."""
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return "#1c2430" if 0.299 * red + 0.587 * green + 0.114 * blue > BRIGHT else "#ffffff"
