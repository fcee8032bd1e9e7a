"""Zips a feed folder and has it read by gtfs-guru and gtfs-validator: no error may be reported."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import gtfs_guru

folder, archive = Path(sys.argv[1]), Path(sys.argv[2])
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as feed:
    for file in sorted(folder.glob("*.txt")):
        feed.write(file, file.name)

errors = {}
for notice in gtfs_guru.validate(str(archive)).errors():
    errors.setdefault(f"gtfs-guru: {notice.code}", []).append(notice.message)

validator = Path(sys.executable).with_name("gtfs-validator")
report = subprocess.run([validator, "--input", archive, "--stdout"], check=True, capture_output=True, text=True).stdout
for notice in json.loads(report)["notices"]:
    if notice["severity"] == "ERROR":
        errors[f"gtfs-validator: {notice['code']}"] = notice["sampleNotices"]

for code, samples in errors.items():
    print(f"{code}, for example:", *samples[:3], sep="\n  ")
if not errors:
    print(f"{archive}: gtfs-guru and gtfs-validator report no error")
sys.exit(bool(errors))
