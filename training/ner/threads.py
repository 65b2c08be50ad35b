"""One thread or all: two threads that wait for each other collapse where another program holds a core."""

from __future__ import annotations

import os
import time
from pathlib import Path

import torch


def _busy() -> float:
    """CPU seconds all programs have used (Linux)."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / os.sysconf("SC_CLK_TCK")


class ThreadChoice:
    """Sets torch's number of threads: `fixed`, or for 0 as many as other programs leave free, asked now and then."""

    def __init__(self, fixed: int, every: int = 8) -> None:
        self.fixed, self.every, self.calls = fixed, every, 0
        self.others = 0.0
        self.adapts = fixed == 0 and Path("/proc/stat").exists()
        self.count = fixed or os.cpu_count() or 1
        torch.set_num_threads(self.count)
        self.mark = self._marks() if self.adapts else (0.0, 0.0, 0.0)

    @staticmethod
    def _marks() -> tuple[float, float, float]:
        return _busy(), time.process_time(), time.time()

    def choose(self) -> None:
        """Set the number of threads anew, where it is time for that."""
        self.calls += 1
        if not self.adapts or self.calls % self.every:
            return
        busy, own, now = self._marks()
        self.others = ((busy - self.mark[0]) - (own - self.mark[1])) / max(now - self.mark[2], 1e-3)
        self.mark = busy, own, now
        free = (os.cpu_count() or 1) - self.others
        self.count = max(1, int(free + 0.6))
        torch.set_num_threads(self.count)

    def __str__(self) -> str:
        return f"threads {self.count} (others use {self.others:.1f} cores)"
