"""Tests and unpacks a ZIP archive with Python's zipfile.

    unpack_zip.py FILE FOLDER      prints the names of the entries, in order

Exit code 0 when every entry has the stated size and CRC, the local headers say what the central
directory says, and no name occurs twice or leaves the folder. 1 otherwise.
"""

import pathlib
import struct
import sys
import zipfile

LOCAL_HEAD = struct.Struct("<4s5H3I2H")


def main() -> int:
    file, folder = sys.argv[1:]
    try:
        for name in unpack(file, folder):
            print(name)
    except Exception as error:  # zipfile, zlib and struct raise their own
        print(f"error: {file}: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


def unpack(file: str, folder: str) -> list[str]:
    with zipfile.ZipFile(file) as archive, open(file, "rb") as raw:
        bad = archive.testzip()
        if bad is not None:
            raise ValueError(f"{bad} is damaged")
        names = archive.namelist()
        if len(set(names)) != len(names):
            raise ValueError("a name occurs twice")
        for entry in archive.infolist():
            check_local_head(raw, entry)
            path = pathlib.PurePosixPath(entry.filename)
            if path.is_absolute() or ".." in path.parts:
                raise ValueError(f"{entry.filename} leaves the folder")
        archive.extractall(folder)
    return names


def check_local_head(raw, entry: zipfile.ZipInfo) -> None:
    raw.seek(entry.header_offset)
    head = LOCAL_HEAD.unpack(raw.read(LOCAL_HEAD.size))
    signature, _, flags, method, _, _, crc, packed, size, name_length, _ = head
    name = raw.read(name_length).decode("utf-8" if flags & 0x800 else "cp437")
    local = (signature, flags, method, crc, packed, size, name)
    central = (
        b"PK\x03\x04",
        entry.flag_bits,
        entry.compress_type,
        entry.CRC,
        entry.compress_size,
        entry.file_size,
        entry.orig_filename,
    )
    if local != central:
        raise ValueError(f"{entry.filename}: local header and central directory differ")


if __name__ == "__main__":
    sys.exit(main())
