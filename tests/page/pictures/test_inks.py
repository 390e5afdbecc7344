"""RGB to CMYK: the printing condition of a publication, and pictures converted to it."""

from __future__ import annotations

import io
import random
import shutil
from typing import TYPE_CHECKING, Final, cast

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from pipeline.findings.finding import IssueError
from pipeline.findings.place import Place
from pipeline.models.editions import PRESS
from pipeline.models.press_plan import Paper, PressPlan
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.inks import description_of, in_ink, limited, on_paper
from pipeline.page.pictures.picture_info import PictureInfo, paper_resolution_findings
from pipeline.page.pictures.press_conditions import COATED, condition_of
from pipeline.page.pictures.renditions import Rendition, RenditionOptions, rendition
from pipeline.page.style import ORIGIN, PROFILE, load_style
from pipeline.pdf.plates.plates import heaviest, plates_of
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PLACE: Final = Place("issues/publication.yaml", 12, 3)
CONDITION: Final = condition_of(PressPlan(), None)
SRGB: Final = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
BLACK: Final = (0, 0, 0, 255)
INKS: Final = (200, 100, 50, 25)

Pixel = tuple[int, ...]


def written(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()


def info_of(data: bytes, name: str = "a.png") -> PictureInfo:
    kind = examine(data, name, PLACE)
    assert isinstance(kind, PictureInfo)
    return kind


def printed(data: bytes, width: float = 10) -> Rendition:
    return converted(data, RenditionOptions(width, PRESS.picture_ppi, CONDITION))


def converted(data: bytes, options: RenditionOptions) -> Rendition:
    result = rendition(data, info_of(data), options, name="a.png", place=PLACE)
    assert isinstance(result, Rendition)
    return result


def opened(made: Rendition) -> Image.Image:
    return Image.open(io.BytesIO(made.data))


def pixel(picture: Image.Image, x: int = 20, y: int = 20) -> Pixel:
    found = picture.getpixel((x, y))
    return cast("Pixel", found if isinstance(found, tuple) else (found,))


def near(one: Pixel, other: Pixel, most: int = 3) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def refused(plan: PressPlan, issues: Path | None) -> str:
    with pytest.raises(IssueError) as raised:
        condition_of(plan, issues, PLACE)
    (finding,) = raised.value.findings
    assert finding.place == PLACE
    return finding.code


def test_coated_paper_has_a_condition_of_its_own() -> None:
    assert (CONDITION.identifier, CONDITION.paper, CONDITION.ink_limit) == ("FOGRA39", "coated", 300)
    assert "ISO Coated v2 300%" in (description_of(CONDITION.profile) or "")


def test_the_profile_is_shipped_with_its_licence() -> None:
    licence = COATED.with_suffix(".LICENCE.txt").read_text("utf-8")
    assert "zlib" in licence.lower()


def test_a_publication_may_ask_for_less_ink() -> None:
    assert condition_of(PressPlan(ink_limit=240), None).ink_limit == 240


def test_the_print_shops_profile_is_taken_from_the_issues(tmp_path: Path) -> None:
    (tmp_path / "print").mkdir()
    shutil.copy(COATED, tmp_path / "print/offset.icc")
    plan = PressPlan(paper=Paper.UNCOATED, profile="print/offset.icc")
    condition = condition_of(plan, tmp_path, PLACE)
    assert (condition.identifier, condition.paper, condition.ink_limit) == ("Custom", "uncoated", 280)
    assert condition.profile == COATED.read_bytes()
    assert condition.info == description_of(COATED.read_bytes())


def test_uncoated_paper_wants_the_print_shops_profile(tmp_path: Path) -> None:
    assert refused(PressPlan(paper=Paper.UNCOATED), tmp_path) == "E73"


@pytest.mark.parametrize(
    "data",
    [b"", b"profile", SRGB, COATED.read_bytes()[:5000], COATED.read_bytes()[:500_000], b"\0" * 9_000_000],
    ids=["empty", "words", "light", "its head", "its half", "nothing at length"],
)
def test_what_is_no_profile_of_four_inks_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.icc").write_bytes(data)
    assert refused(PressPlan(profile="a.icc"), tmp_path) == "E74"


@pytest.mark.parametrize(
    ("name", "code"), [("../a.icc", "E04"), ("/etc/passwd", "E04"), ("b.icc", "E01"), ("sub", "E08")]
)
def test_no_profile_is_taken_from_elsewhere(tmp_path: Path, name: str, code: str) -> None:
    issues = tmp_path / "issues"
    (issues / "sub").mkdir(parents=True)
    shutil.copy(COATED, tmp_path / "a.icc")
    assert refused(PressPlan(profile=name), issues) == code


def test_a_link_to_a_profile_outside_is_refused(tmp_path: Path) -> None:
    issues = tmp_path / "issues"
    issues.mkdir()
    shutil.copy(COATED, tmp_path / "a.icc")
    (issues / "a.icc").symlink_to(tmp_path / "a.icc")
    assert refused(PressPlan(profile="a.icc"), issues) == "E04"


@given(st.binary(max_size=400))
@settings(max_examples=40)
def test_any_bytes_are_answered(data: bytes) -> None:
    assert description_of(data) is None


def test_white_has_no_ink_and_black_is_deep() -> None:
    white = in_ink(Image.new("RGB", (2, 2), "white"), CONDITION)
    black = in_ink(Image.new("RGB", (2, 2), "black"), CONDITION)
    assert pixel(white, 0, 0) == (0, 0, 0, 0)
    assert pixel(black, 0, 0)[3] > 200
    assert 230 < sum(pixel(black, 0, 0)) / 2.55 <= 300


def test_colours_are_mixed_as_the_profile_says() -> None:
    light, target = Image.new("RGB", (2, 2), (180, 67, 15)), io.BytesIO(CONDITION.profile)
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(target),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    made = ImageCms.applyTransform(light, transform)
    assert made is not None
    assert near(pixel(in_ink(light, CONDITION), 0, 0), pixel(made, 0, 0), 1)


def test_a_pictures_own_profile_counts() -> None:
    light = Image.new("RGB", (2, 2), (180, 67, 15))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    other = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB", 0)).tobytes()
    plain = pixel(in_ink(light, CONDITION), 0, 0)
    assert pixel(in_ink(light, CONDITION, other), 0, 0) == plain
    # A profile that is none for these pixels is passed over.
    assert pixel(in_ink(light, CONDITION, lab), 0, 0) == plain
    assert pixel(in_ink(light, CONDITION, CONDITION.profile), 0, 0) == plain
    assert pixel(in_ink(light, CONDITION, b"no profile"), 0, 0) == plain


@pytest.mark.parametrize("profile", [None, COATED.read_bytes(), SRGB, b"no profile"])
def test_inks_are_not_mixed_twice(profile: bytes | None) -> None:
    picture = Image.new("CMYK", (4, 4), INKS)
    assert in_ink(picture, CONDITION, profile).tobytes() == picture.tobytes()


def test_inks_mixed_for_another_paper_are_mixed_anew_and_within_the_limit() -> None:
    # The year of its making is another, and so it is another profile.
    other = COATED.read_bytes()[:24] + b"\x07\xd1" + COATED.read_bytes()[26:]
    assert description_of(other)
    assert in_ink(Image.new("CMYK", (2, 2)), CONDITION, other).getpixel((0, 0)) == (0, 0, 0, 0)
    heavy = in_ink(Image.new("CMYK", (2, 2), (255, 255, 255, 255)), CONDITION, other)
    assert heaviest(heavy)[0] <= CONDITION.ink_limit


@given(
    st.lists(st.tuples(*[st.integers(0, 255)] * 4), min_size=1, max_size=40),
    st.integers(200, 400),
)
def test_ink_gives_way_down_to_the_limit_and_black_does_not(
    pixels: list[tuple[int, int, int, int]], most: int
) -> None:
    picture = Image.new("CMYK", (len(pixels), 1))
    picture.putdata(pixels)
    made = limited(picture, most)
    for at, before in enumerate(pixels):
        after = pixel(made, at, 0)
        assert after[3] == before[3]
        assert sum(after) <= max(most * 2.55, before[3]) + 1
        assert all(now <= then for now, then in zip(after, before, strict=True))
        if sum(before) <= most * 2.55:
            assert near(after, before, 1)


def test_paper_is_not_white_and_black_is_not_none() -> None:
    paper = pixel(on_paper(Image.new("CMYK", (2, 2)), CONDITION), 0, 0)
    black = pixel(on_paper(Image.new("CMYK", (2, 2), BLACK), CONDITION), 0, 0)
    assert paper != (255, 255, 255)
    assert all(level > 225 for level in paper)
    assert all(10 < level < 70 for level in black)


@pytest.mark.parametrize(
    ("picture", "level"),
    [
        (Image.new("1", (50, 50), 0), 0),
        (Image.new("L", (50, 50), 40), 40),
        (Image.new("LA", (50, 50), (40, 255)), 40),
        (Image.new("LA", (50, 50), (0, 0)), 255),
        (Image.new("I;16", (50, 50), 40 << 8), 40),
    ],
    ids=lambda value: getattr(value, "mode", value),
)
def test_what_has_no_colour_prints_in_black_alone(picture: Image.Image, level: int) -> None:
    made = opened(printed(written(picture)))
    assert made.mode == "L"
    assert near(pixel(made), (level,))


def test_what_is_transparent_stands_on_white() -> None:
    assert pixel(opened(printed(written(Image.new("RGBA", (50, 50), (200, 0, 0, 0)))))) == (0, 0, 0, 0)


def test_a_rendition_holds_inks_no_profile_and_no_more_pixels_than_wanted() -> None:
    photo = Image.radial_gradient("L").resize((600, 400))
    data = written(Image.merge("RGB", (photo, photo.rotate(90), photo.rotate(180))), "JPEG", icc_profile=SRGB)
    made = printed(data, 25.4)
    picture = opened(made)
    assert (picture.mode, picture.size) == ("CMYK", (300, 200))
    assert not {"icc_profile", "exif", "dpi"} & picture.info.keys()
    assert printed(data, 25.4) == made
    assert opened(printed(data, 120)).size == (600, 400)
    assert heaviest(picture)[0] <= CONDITION.ink_limit


def test_no_picture_in_light_has_more_ink_than_the_paper_bears() -> None:
    levels = random.Random(7).choices([0, *range(128, 256)], k=40_000)
    noise = Image.frombytes("L", (200, 200), bytes(levels))
    dark = Image.merge("RGB", (noise, noise.transpose(Image.Transpose.ROTATE_90), noise))
    thin = CONDITION._replace(ink_limit=220)
    data = written(dark)
    made = converted(data, RenditionOptions(40, 300, thin))
    assert heaviest(opened(made))[0] <= thin.ink_limit + 1


def pressed(made: Rendition) -> bytes:
    """Return a press file with a picture 40 mm wide, 20 mm from the corner of the trim."""
    style = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])
    page = (
        f'<html lang="bg"><head><title>Проба</title><style>{style.properties(PRESS)}'
        "@page { size: A4; margin: 20mm } body { margin: 0 } img { display: block; width: 40mm }</style>"
        f'</head><body><img src="{ORIGIN}p" alt="x"></body></html>'
    )
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    assets[PROFILE] = Asset(CONDITION.profile, "application/vnd.iccprofile")
    assets["p"] = Asset(made.data, made.media_type)
    done = print_pdf(page, PRESS, assets, b"0" * 16, style.plan.page)
    assert done.findings == ()
    return done.pdf


@pytest.mark.parametrize(
    ("picture", "form"),
    [
        (Image.new("RGB", (600, 600), (180, 67, 15)), "JPEG"),
        (Image.new("RGB", (600, 600), (15, 76, 100)), "PNG"),
        (Image.new("CMYK", (600, 600), INKS), "TIFF"),
        (Image.new("CMYK", (600, 600), INKS), "JPEG"),
        (Image.new("L", (600, 600), 90), "JPEG"),
        (Image.new("1", (600, 600), 0), "PNG"),
    ],
    ids=["photograph", "graphic", "inks", "inks as JPEG", "grey", "line art"],
)
def test_the_inks_of_a_picture_are_those_on_its_plates(picture: Image.Image, form: str) -> None:
    pdf = pressed(printed(written(picture, form), 40))
    (plates,) = plates_of(pdf, 72)
    at = round(40 / 25.4 * 72)
    mixed = pixel(in_ink(picture, CONDITION)) if picture.mode == "RGB" else INKS
    wanted = {"L": (0, 0, 0, 255 - 90), "1": BLACK}.get(picture.mode, mixed)
    assert near(pixel(plates, at, at), wanted, 4)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        (image,) = (
            thing for thing in file.objects if isinstance(thing, pikepdf.Stream) and "/Width" in thing
        )
        space = "/DeviceCMYK" if picture.mode in {"RGB", "CMYK"} else "/DeviceGray"
        assert image["/ColorSpace"] == space


@pytest.mark.parametrize(
    ("across", "codes"), [(300, []), (220, []), (219, ["W12"]), (150, ["W12"]), (149, ["E68"]), (1, ["E68"])]
)
def test_a_picture_too_small_for_paper_is_doubted_or_refused(across: int, codes: list[str]) -> None:
    found = paper_resolution_findings(PictureInfo("image/jpeg", across, 100), "a.jpg", PLACE, 25.4)
    assert [finding.code for finding in found] == codes
    assert all(dict(finding.values)["wanted"] == "300" for finding in found)


def test_a_drawing_is_never_too_small() -> None:
    assert paper_resolution_findings(PictureInfo("image/svg+xml", 9, 9), "a.svg", PLACE, 170) == []
