"""The kernel of one page: whoever asks for it may go on as soon as it listens, and hears nothing but its own."""

import os
import subprocess
import sys
import tempfile
from queue import Empty

import pytest

from lt_analysis.reporting import kernel as kernels
from lt_analysis.reporting.kernel import Limits, one_kernel
from tests.processes import awaited


async def _questions(one) -> None:
    manager = one.kernel_manager_class(kernel_name="python3")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        with pytest.raises(Empty):
            await client.get_iopub_msg(timeout=0.3)
        await manager.provisioner.kill()
        with pytest.raises(RuntimeError, match="Kernel died"):
            await client.wait_for_ready(timeout=60)
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("ordinary", [False, True])
def test_a_kernel_that_is_ready_has_said_all_that_it_says_by_itself_and_a_dead_one_is_never_ready(ordinary):
    with one_kernel(Limits(), ordinary=ordinary) as one:
        awaited(_questions(one))


def test_a_kernel_elsewhere_than_on_linux_has_the_address_that_jupyter_gives_it(monkeypatch):
    with one_kernel(Limits(), ordinary=True) as one:
        assert one.kernel_manager_class().transport == "ipc"
    monkeypatch.setattr(kernels, "LINUX", False)
    with one_kernel(Limits(), ordinary=True) as one:
        awaited(_questions(one))
        assert one.manager.transport == "tcp"


def test_sockets_that_a_killed_process_left_are_removed_and_no_others(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = (
        "import os, signal; from pathlib import Path; from lt_analysis.reporting.kernel import Limits, one_kernel\n"
        "with one_kernel(Limits()) as one: os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script], env=os.environ | {"TMPDIR": str(tmp_path)}, check=False)
    (left,) = tmp_path.iterdir()
    others = [tmp_path / name for name in (f"lt-{os.getppid()}-abc", "lt-abc", "lt-abc-1", "other")]
    for other in others:
        other.mkdir()
    kernels.remove_left_sockets.cache_clear()
    with one_kernel(Limits()):
        assert not left.exists()
    assert sorted(tmp_path.iterdir()) == sorted(others)


async def _speaking_to_nobody(one):
    client = one.kernel_manager_class(kernel_name="python3").client()
    client.start_channels()
    return client


def test_what_spoke_to_a_kernel_that_never_started_is_closed():
    with one_kernel(Limits()) as one:
        client = awaited(_speaking_to_nobody(one))
        assert not client.hb_channel.is_alive()  # no thread is there to open sockets anew
        assert not client.context.closed
    assert client.context.closed
    assert client.shell_channel.socket.closed
