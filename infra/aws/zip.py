"""Packs a folder so that the same files give the same bytes: python3 zip.py FOLDER FILE"""

import sys
import zipfile
from pathlib import Path

folder, file = Path(sys.argv[1]), Path(sys.argv[2])
with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_dir():
            continue
        # The first moment a zip can name.
        entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0))
        entry.create_system = 3
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = (0o100755 if path.name == "bootstrap" else 0o100644) << 16
        packed.writestr(entry, path.read_bytes())
