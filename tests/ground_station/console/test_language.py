"""Chinese and English."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.ground_station.console.conftest import DIST, SignIn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("console")]
TEXTS = DIST.parents[1] / "src" / "i18n"


def read(name: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((TEXTS / name).read_text(encoding="utf-8"))
    return texts


def test_the_language_is_the_browsers_and_can_be_switched_for_good(sign_in: SignIn) -> None:
    """A Chinese browser gets Chinese; after the switch everything, catalogue names too, is English, and stays so."""
    page = sign_in(locale="zh-CN")
    expect(page.locator("h1")).to_contain_text("一飞多用 钟楼区")
    page.get_by_role("button", name="Switch to English").click()
    expect(page.locator("h1")).to_contain_text("OneFlight Zhonglou")
    expect(page.get_by_role("button", name="Plan a flight")).to_be_visible()
    page.reload()
    expect(page.locator("h1")).to_contain_text("OneFlight Zhonglou")


def test_both_languages_fill_in_the_same_words() -> None:
    """A sentence names the same placeholders in both languages, so that no figure is lost in translation."""
    chinese, english = read("zh.json"), read("en.json")
    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        assert placeholders(text) == placeholders(english[key]), key


def placeholders(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}


def test_no_text_is_left_unused() -> None:
    """Every key of the dictionary is used by the source, as it stands or by its beginning."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(TEXTS.parent).rglob("*.ts*"))
    unused = [key for key in read("zh.json") if f'"{key}"' not in source and f"`{key.rsplit('.', 1)[0]}.${{" not in source]
    assert [key for key in unused if not key.startswith("confirm.")] == []
