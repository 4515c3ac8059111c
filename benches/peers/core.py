"""Reads what criterion measured in benches/core.rs, and sets it beside a copy of as many bytes."""

import json
from pathlib import Path


def table(folder):
    """A table of throughput; `folder` is criterion's. The first row is the head."""
    measured = []
    for file in Path(folder).glob("*/*/new/benchmark.json"):
        benchmark = json.loads(file.read_text(encoding="utf-8"))
        estimates = json.loads((file.parent / "estimates.json").read_text(encoding="utf-8"))
        length = benchmark["throughput"]["Bytes"]
        nanoseconds = estimates["median"]["point_estimate"]
        measured.append(
            (benchmark["group_id"], benchmark["function_id"], length, length / nanoseconds)
        )
    copies = {group: rate for group, function, _, rate in measured if function == "copy"}
    rows = [["", "of", "GB/s", "of a copy"]]
    for group, function, _, rate in sorted(measured, key=lambda item: (item[2], item[0], -item[3])):
        share = f"{rate / copies[group]:.0%}" if group in copies else "-"
        rows.append([function, group, f"{rate:.3g}", share])
    return rows
