"""Prints the report of every vector in a folder that ``YINXIN_VECTORS`` made, a line each."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import yinxin


def main(folder: Path) -> None:
    for line in (folder / "replay.tsv").read_text(encoding="utf-8").splitlines():
        file, content, policy, at, *material = line.split("\t")
        signer, maker, tsa, certificates, crls = [
            [] if names == "-" else [folder / name for name in names.split(",")]
            for names in material
        ]
        verifier = yinxin.Verifier(
            yinxin.Policy.from_json(policy),
            signer_anchors=signer,
            maker_anchors=maker,
            tsa_anchors=tsa,
            signer_certificates=certificates,
            crls=crls,
        )
        when = datetime.fromisoformat(at.replace("Z", "+00:00"))
        if content == "-":
            report = verifier.verify(folder / file, at=when)
        else:
            report = verifier.verify_detached(folder / file, folder / content, at=when)
        print(report.to_json())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
