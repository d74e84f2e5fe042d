"""The kernel of one page: whoever asks for it may go on as soon as it listens, and hears nothing but its own."""

import tempfile
from pathlib import Path
from queue import Empty

import pytest
from jupyter_client.provisioning import KernelProvisionerFactory

from lt_analysis.reporting import kernel as kernels
from lt_analysis.reporting.kernel import FORKED, ORDINARY, Limits, one_kernel
from lt_analysis.reporting.startup import PROVISIONER, WARM
from tests.processes import awaited, needs_forks


async def _questions(one) -> None:
    """Ask what a ready kernel says: nothing by itself, and that it adds nothing to an analyst's own history."""
    manager = one.kernel_manager_class(kernel_name="python3")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        with pytest.raises(Empty):
            await client.get_iopub_msg(timeout=0.3)
        asked = {"kept": "get_ipython().history_manager.enabled"}
        answer = await client.execute("", silent=True, user_expressions=asked, reply=True, timeout=60)
        assert answer["content"]["user_expressions"]["kept"]["data"]["text/plain"] == "False"
        await manager.provisioner.kill()
        with pytest.raises(RuntimeError, match="Kernel died"):
            await client.wait_for_ready(timeout=60)
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


@pytest.fixture
def forking(monkeypatch):
    """Kernels are forked, whatever this process has started before: Jupyter reads the variable once."""
    monkeypatch.setenv(PROVISIONER, WARM)
    KernelProvisionerFactory.clear_instance()
    yield
    KernelProvisionerFactory.clear_instance()


@pytest.mark.parametrize("ordinary", [True, pytest.param(False, marks=needs_forks)])
def test_a_ready_kernel_says_nothing_by_itself_and_keeps_no_history_and_a_dead_one_is_never_ready(forking, ordinary):
    with one_kernel(Limits(), ordinary=ordinary) as one:
        awaited(_questions(one))
        assert one.kind == (ORDINARY if ordinary else FORKED)


def test_a_kernel_elsewhere_than_on_linux_has_the_address_that_jupyter_gives_it(monkeypatch):
    with one_kernel(Limits(), ordinary=True) as one:
        assert one.kernel_manager_class().transport == "ipc"
    monkeypatch.setattr(kernels, "LINUX", False)
    with one_kernel(Limits(), ordinary=True) as one:
        awaited(_questions(one))
        assert one.manager.transport == "tcp"


def test_two_pages_at_once_have_two_addresses_in_folders_that_only_their_owner_can_open():
    with one_kernel(Limits()) as one, one_kernel(Limits()) as other:
        addresses = {Path(each.kernel_manager_class().ip) for each in (one, other)}
        assert len({address.parent for address in addresses}) == 2
        assert {address.parent.stat().st_mode & 0o777 for address in addresses} == {0o700}


def test_where_the_temporary_folders_path_is_too_long_for_a_socket_a_kernel_starts_all_the_same(tmp_path, monkeypatch):
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="t-") as short:
        monkeypatch.setenv("XDG_RUNTIME_DIR", short)
        with one_kernel(Limits(), ordinary=True) as one:
            assert Path(one.kernel_manager_class().ip).parent.parent == Path(short)
            awaited(_questions(one))
        assert list(Path(short).iterdir()) == []
    with one_kernel(Limits()) as one:  # that folder is no more
        assert Path(one.kernel_manager_class().ip).parent.parent == Path("/tmp")


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
