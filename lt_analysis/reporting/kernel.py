"""The kernel of one page: how long it may take, how much memory it may use, and that nothing of it is left behind."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type, default

from lt_analysis.reporting.cleanup import (
    LINUX,
    MARK,
    end_all_that_bear,
    end_what_was_left_before,
    folder_of_sockets,
    new_mark,
)
from lt_analysis.reporting.page import FORKED, ORDINARY, Limits
from lt_analysis.reporting.startup import BY_ITSELF

try:
    import resource
except ImportError:  # Windows has none: no limit of memory there
    resource = None

GIGABYTE = 1 << 30
LEAST_PATIENCE = 0.02  # seconds
MOST_SAID = 200_000_000  # letters: a page has some hundred thousand
WRITES_NO_HISTORY = "--HistoryManager.enabled=False"  # that of what an analyst has typed, which kernels would share
RECONNECT_MILLISECONDS = 10  # to a kernel that does not listen yet; ZeroMQ waits for a tenth of a second


def _size(said: object) -> int:
    """Count the letters of what a kernel says; a number is one, and so is what holds nothing."""
    if isinstance(said, str):
        return len(said)
    if isinstance(said, Mapping):
        return sum(map(_size, said.values())) + 1
    return sum(map(_size, said)) + 1 if isinstance(said, list) else 1


class PageChannel(AsyncZMQSocketChannel):
    """What a kernel says to whoever listens, of which somebody may take note."""

    take_note: Callable[[dict], None] = staticmethod(lambda message: None)

    async def _recv(self, **kwargs: Any) -> dict:
        message = await super()._recv(**kwargs)
        self.take_note(message)
        return message


class PageClient(AsyncKernelClient):
    """What speaks to the kernel of a page, as soon as it listens, and has it ended when it says too much.

    All that a kernel says is kept in the process that listens, whose memory has no limit.
    """

    iopub_channel_class = Type(PageChannel)
    said = 0

    def start_channels(self, **channels: bool) -> None:
        """Start all channels but the heartbeat's: the manager knows whether the kernel lives.

        A heart is listened to in a thread of its own, which opens a new socket when it hears nothing: it may do so
        while the others are being closed.
        """
        super().start_channels(**channels | {"hb": False})
        self.iopub_channel.take_note = self._count

    def _count(self, message: dict) -> None:
        self.said += _size(message["content"]) + sum(map(len, message["buffers"]))
        if self.said > MOST_SAID:
            self.parent.page.end_for_saying_too_much()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered, and said that it is idle. Raises `RuntimeError` where it does not.

        jupyter_client waits for a fifth of a second in which the kernel says nothing. Its word that it is idle after
        this very question is the last that it says, so there is nothing left to wait for. Where that word was missed,
        because the kernel spoke before anybody listened, it is asked again.
        """
        until, patience = monotonic() + (timeout or float("inf")), LEAST_PATIENCE
        while not await self._is_idle_after(self.kernel_info(), patience):
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if monotonic() > until:
                raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")
            patience = min(2 * patience, 1)

    async def _is_idle_after(self, question: str, patience: float) -> bool:
        """Say whether the kernel answers a question, and is heard to be idle within some seconds of its answer."""
        try:
            while (await self.get_shell_msg(timeout=1))["parent_header"].get("msg_id") != question:
                pass
            while True:
                said = await self.get_iopub_msg(timeout=patience)
                of_it = said["parent_header"].get("msg_id") == question
                if of_it and said["content"].get("execution_state") == "idle":
                    return True
        except Empty:
            return False


class PageKernel(AsyncKernelManager):
    """A kernel that bears the mark of its page, and is held to its limits."""

    client_factory = Type(PageClient)
    page: "OneKernel"  # of a class made for one page: papermill takes a class, and makes the kernel itself
    process = None  # whatever has been started, which is still known when it has ended
    why_ordinary = ""

    def __init__(self, **kwargs: Any):
        super().__init__(**self.page.address, **kwargs)
        self.page.manager = self

    @default("context")
    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, RECONNECT_MILLISECONDS)
        return context

    def client(self, **kwargs: Any) -> PageClient:
        """Return what speaks to the kernel, by sockets that are closed when the manager's are."""
        return super().client(context=self.context, **kwargs)

    async def start_kernel(self, *args: Any, **kwargs: Any) -> None:
        """Start the kernel, then set its limit of memory."""
        if self.page.ordinary:
            self.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": BY_ITSELF}
        kwargs["env"] = {**(kwargs.get("env") or os.environ), MARK: self.page.mark}
        kwargs["extra_arguments"] = [*kwargs.get("extra_arguments", []), WRITES_NO_HISTORY]
        await super().start_kernel(*args, **kwargs)
        self.process = self.provisioner.process
        self.why_ordinary = getattr(self.provisioner, "why_ordinary", "")
        if self.page.out_of_time:  # before there was a kernel to end
            await self.shutdown_kernel(now=True)
            raise TimeoutError
        if hasattr(resource, "prlimit"):
            most = int(self.page.limits.gigabytes * GIGABYTE)
            with suppress(ProcessLookupError, PermissionError):  # it has ended, or may use less already
                resource.prlimit(self.provisioner.pid, resource.RLIMIT_DATA, (most, most))

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        """Forget what has not reached the kernel, which has ended: jupyter_client would wait a tenth of a second."""
        if not restart:
            self.context.destroy(linger=0)
        await super()._async_cleanup_resources(restart)


class OneKernel:
    """What papermill is told of the kernel of one page, and what became of it."""

    def __init__(self, sockets: Path, limits: Limits, ordinary: bool):
        self.limits, self.ordinary = limits, ordinary
        self.mark = new_mark()
        # Kernels started side by side take one another's tcp ports (papermill issue 511), so each has an ipc address
        # of its own, in an owner-only folder. Elsewhere than on Linux jupyter_client knows best.
        self.address = {"transport": "ipc", "ip": f"{sockets}/kernel"} if LINUX else {}
        self.address["connection_file"] = f"{sockets}/kernel.json"  # with its key, and gone when the page is
        self.manager: PageKernel | None = None
        self.out_of_time = self.said_too_much = False
        self.kernel_manager_class = type("Kernel", (PageKernel,), {"page": self})

    @property
    def kind(self) -> str:
        """Whether the kernel was forked, or started by itself; empty where none was started."""
        if self.manager is None or self.manager.process is None:
            return ""
        return ORDINARY if isinstance(self.manager.process, subprocess.Popen) else FORKED

    @property
    def why_ordinary(self) -> str:
        """Why the kernel was not forked, though it was to be, and what to do about it; empty where it was."""
        return self.manager.why_ordinary if self.manager else ""

    @property
    def code(self) -> int | None:
        """How the kernel ended: its exit code, or the signal that ended it, less than zero; None where nobody knows."""
        process = self.manager.process if self.manager else None
        return process.poll() if process is not None else None

    def end_in_time(self) -> None:
        """End the kernel because its page has taken too long; whoever waits for it is told that it died."""
        self.out_of_time = True
        self.end()

    def end_for_saying_too_much(self) -> None:
        """End the kernel because it has said more than any page could hold."""
        if not self.said_too_much:
            self.said_too_much = True
            self.end()

    def end(self) -> None:
        """End the kernel, if it runs, and whatever bears its mark."""
        process = self.manager.process if self.manager else None
        if process is not None and process.poll() is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        end_all_that_bear(self.mark)

    def close(self) -> None:
        """Close whatever is still open to the kernel, which is nothing unless it could not be started.

        Left to Python's collector, its sockets could be lost before what they are of, which then waits for them for
        ever, in whichever thread it is collected.
        """
        if self.manager is not None:
            self.manager.context.destroy(linger=0)


@contextmanager
def one_kernel(limits: Limits, ordinary: bool = False) -> Iterator[OneKernel]:
    """Yield what papermill needs for a page's kernel. When the block ends, nothing is left that the kernel started."""
    end_what_was_left_before()
    with folder_of_sockets() as sockets:
        kernel = OneKernel(sockets, limits, ordinary)
        timer = threading.Timer(limits.seconds, kernel.end_in_time)
        timer.daemon = True
        timer.start()
        try:
            yield kernel
        finally:
            timer.cancel()
            kernel.end()
            kernel.close()
