"""The kernel of one page: whoever asks for it may go on as soon as it listens, and hears nothing but its own."""

from queue import Empty

import pytest

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
