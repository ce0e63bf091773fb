"""Builds the packs into the wheel, so that not even the first start has to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Packs(BuildHookInterface[Any]):
    """Adds `cleaner/packs/packs.bin` to a wheel; an editable install reads the packs themselves."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file, and name it to the builder."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from cleaner.packs.load import made

        out = Path(self.directory) / "packs.bin"
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(made(Path(self.root)))
        build_data["force_include"][str(out)] = "cleaner/packs/packs.bin"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing beside the wheel."""
        (Path(self.directory) / "packs.bin").unlink(missing_ok=True)
