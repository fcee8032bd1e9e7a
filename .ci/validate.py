"""Has feeds read by gtfs-guru and gtfs-validator: no error may be reported. Usage: validate.py SCRATCH FEED..., zips or folders."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import gtfs_guru


def zipped(path: Path, scratch: Path) -> Path:
    if not path.is_dir():
        return path
    archive = scratch / f"{path.name}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as feed:
        for file in sorted(path.glob("*.txt")):
            feed.write(file, file.name)
    return archive


def errors_of(archive: Path) -> dict[str, list]:
    errors: dict[str, list] = {}
    for notice in gtfs_guru.validate(str(archive)).errors():
        errors.setdefault(f"gtfs-guru: {notice.code}", []).append(notice.message)
    validator = Path(sys.executable).with_name("gtfs-validator")
    said = subprocess.run([validator, "--input", archive, "--stdout"], check=True, capture_output=True, text=True).stdout
    for notice in json.loads(said)["notices"]:
        if notice["severity"] == "ERROR":
            errors[f"gtfs-validator: {notice['code']}"] = notice["sampleNotices"]
    return errors


bad = False
for path in map(Path, sys.argv[2:]):
    archive = zipped(path, Path(sys.argv[1]))
    errors = errors_of(archive)
    bad |= bool(errors)
    for code, samples in errors.items():
        print(f"{archive}: {code}, for example:", *samples[:3], sep="\n  ")
    if not errors:
        print(f"{archive}: gtfs-guru and gtfs-validator report no error")
sys.exit(bad)
