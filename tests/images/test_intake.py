"""What comes out of a file that was sent in is an image and nothing else."""

from hashlib import shake_256
from io import BytesIO

import pytest
from PIL import Image as Pillow

from explainer.images import intake
from tests.images import pictures


def opened(made: intake.Clean) -> Pillow.Image:
    return Pillow.open(BytesIO(made.data))


@pytest.mark.parametrize(("kind", "extension"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_each_kind_is_written_anew_and_what_hangs_behind_it_is_cut_off(kind, extension) -> None:
    made = intake.clean(pictures.drawn(kind) + pictures.HTML)

    image = opened(made)
    assert (image.format, image.size) == (kind, (40, 20))
    assert (made.width, made.height, made.extension) == (40, 20, extension)
    assert b"script" not in made.data


@pytest.mark.parametrize("what", pictures.BROKEN)
def test_what_is_no_still_image_is_refused_with_a_cure(what: str) -> None:
    with pytest.raises(intake.NotAnImage) as refused:
        intake.clean(pictures.BROKEN[what])

    assert str(refused.value).endswith(".")
    assert any(word in str(refused.value) for word in ("Save", "save", "Choose"))


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(intake.NotAnImage, match=r"6\.0 MB; at most 5 MB"):
        intake.clean(bytes(6 * 1024 * 1024))


def test_an_image_that_grows_beyond_the_limit_is_refused() -> None:
    noise = Pillow.frombytes("RGB", (1600, 1200), shake_256(b"n").digest(5760000))

    with pytest.raises(intake.NotAnImage, match="at most 5 MB"):
        intake._encoded(noise, "PNG")


def test_pixels_are_counted_before_they_are_decoded(monkeypatch) -> None:
    loaded = []
    monkeypatch.setattr(Pillow.Image, "load", loaded.append)

    with pytest.raises(intake.NotAnImage, match="25 million pixels"):
        intake.clean(pictures.bomb(5100))

    assert loaded == []


def test_a_turned_photo_stands_upright_and_tells_nothing_about_its_camera() -> None:
    made = intake.clean(pictures.photo(orientation=6))

    image = opened(made)
    assert image.size == (20, 40)
    assert not image.getexif()
    assert "comment" not in image.info
    assert b"SECRET" not in made.data
    red, blue = image.getpixel((10, 5)), image.getpixel((10, 35))
    assert (red[0] > 200, red[2] < 50) == (True, True)
    assert (blue[2] > 200, blue[0] < 50) == (True, True)


def test_of_a_phones_photo_with_several_pictures_the_first_is_taken() -> None:
    made = intake.clean(pictures.moving("MPO"))

    assert (made.extension, opened(made).format) == ("jpg", "JPEG")
    assert getattr(opened(made), "n_frames", 1) == 1


def test_a_profile_and_a_comment_in_a_png_are_left_out() -> None:
    from_camera = pictures.drawn("PNG", icc_profile=b"SECRET profile", dpi=(72, 72))

    made = intake.clean(from_camera)

    assert opened(made).info == {}


MODES = {"1": "L", "L": "L", "LA": "RGBA", "P": "RGB", "RGBA": "RGBA", "I;16": "L"}


@pytest.mark.parametrize(
    ("kind", "mode", "kept"),
    [*(("PNG", *modes) for modes in MODES.items()), ("JPEG", "L", "L"), ("JPEG", "CMYK", "RGB")],
)
def test_every_mode_is_read_and_what_is_see_through_stays_so(kind, mode, kept) -> None:
    assert opened(intake.clean(pictures.drawn(kind, mode=mode))).mode == kept


def test_sixteen_bits_of_grey_keep_their_brightness() -> None:
    target = BytesIO()
    Pillow.new("I;16", (8, 8), 32768).save(target, format="PNG")

    made = intake.clean(target.getvalue())

    assert opened(made).convert("L").getpixel((4, 4)) == 128


@pytest.mark.parametrize(
    ("size", "kept"),
    [((3200, 1000), (1600, 500)), ((100, 9600), (50, 4800)), ((1600, 9), (1600, 9))],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_large_image_is_scaled_down_and_a_small_one_is_not(kind, size, kept) -> None:
    made = intake.clean(pictures.drawn(kind, size))

    assert (made.width, made.height) == kept
