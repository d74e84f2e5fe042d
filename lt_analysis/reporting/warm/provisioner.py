"""The kernel provisioner that jupyter_client asks for a kernel, by the name `lt-analysis-warm`."""

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from lt_analysis.reporting.warm.client import ForkedKernel, NoForkServerError
from lt_analysis.reporting.warm.imports import third_party_imports

POLL_SECONDS = 0.01
KILL_SECONDS = 5


class WarmProvisioner(LocalProvisioner):
    """Forks IPython's kernels on Linux; launches any other kernel, or one that cannot be forked, as ever."""

    said: set[str] = set()
    why_ordinary = ""  # of this kernel

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel; where that cannot be, say why once and launch it."""
        cwd = str(Path(kwargs.get("cwd") or Path.cwd()).absolute())
        env = kwargs.get("env") or dict(os.environ)
        try:
            if any(kwargs.get(name) is not None for name in ("stdin", "stdout", "stderr")):
                raise NoForkServerError("the kernel is to write elsewhere")
            self.process = ForkedKernel.start(cmd, cwd, env, _imports(Path(cwd)))
        except (NoForkServerError, OSError) as error:
            self.why_ordinary = str(error)
            if str(error) not in self.said:
                self.said.add(str(error))
                self.log.warning("Each kernel starts by itself, which is slower: %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = cwd
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Signal the kernel and what it started, if it still runs: its number may be another's by now."""
        if await self.poll() is None:
            await super().send_signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel, and wait for its end here: whoever asked looks for it every tenth of a second only."""
        await super().kill(restart=restart)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended(), KILL_SECONDS)

    async def wait(self) -> int | None:
        """Wait for the kernel, looking more often than every tenth of a second."""
        await self._ended()
        return await super().wait()

    async def _ended(self) -> None:
        while await self.poll() is None:
            await asyncio.sleep(POLL_SECONDS)


def _imports(folder: Path) -> tuple[str, ...]:
    """Return what the notebooks of one's own project around a folder import; nothing where there is none."""
    for around in (folder, *folder.parents):
        if (around / "notebooks" / "board").is_dir() and around.stat().st_uid == os.getuid():
            return third_party_imports(around / "notebooks")
    return ()
