"""Decodes pictures with Pillow.

    read_picture.py FILE...      prints FILE format mode width height dpi ink transparent, by tabs

`dpi` is what the file states, rounded, or `-`; `ink` the most frequent colour of opaque pixels as
RRGGBB; `transparent` how many pixels show nothing. Exit code 1 when one cannot be decoded.
"""

import collections
import sys

from PIL import Image


def main() -> int:
    failed = False
    for file in sys.argv[1:]:
        try:
            print("\t".join(map(str, describe(file))))
        except Exception as error:  # decoders raise their own
            print(f"{file}\tERROR\t{type(error).__name__}: {error}")
            failed = True
    return int(failed)


def describe(file: str) -> list[object]:
    with Image.open(file) as picture:
        picture.load()
        dpi = picture.info.get("dpi")
        pixels = picture.convert("RGBA").get_flattened_data()
        opaque = collections.Counter(pixel[:3] for pixel in pixels if pixel[3] == 255)
        ink = "-" if not opaque else "%02x%02x%02x" % opaque.most_common(1)[0][0]
        transparent = sum(pixel[3] == 0 for pixel in pixels)
        stated = round(dpi[0]) if dpi else "-"
        return [file, picture.format, picture.mode, *picture.size, stated, ink, transparent]


if __name__ == "__main__":
    sys.exit(main())
