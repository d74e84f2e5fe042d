"""How a command ends when it is told to: in good order, and soon."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lt_analysis.commands.console import err
from lt_analysis.reporting.lock import part_of

SECONDS_TO_STOP = 1.0  # after which nothing is waited for


def stop(number: int, stopped: list[int]) -> None:
    """End in good order: what is done is kept, and the next run goes on from there. Told twice, end at once."""
    if stopped:
        _end_at_once(number)
    stopped.append(number)
    if part_of() is None:
        err.print("Stopped. What is done is kept: run it again to go on.")
    raise SystemExit(128 + number)


@contextmanager
def ending_soon_after_a_signal(stopped: list[int]) -> Iterator[None]:
    """Have a thread end this process a second after it is told to stop, whatever it still waits for or works out.

    What it started ends with it, or sees that it has gone, as when it is killed. The thread is there beforehand: the
    code that a signal interrupts may be the very one that starts threads.
    """
    told, telling = os.pipe()
    os.set_blocking(telling, False)
    before = signal.set_wakeup_fd(telling, warn_on_full_buffer=False)

    def _end() -> None:
        if number := os.read(told, 1):
            time.sleep(SECONDS_TO_STOP)
            _end_at_once(number[0])

    waiting = threading.Thread(target=_end, daemon=True)
    waiting.start()
    try:
        yield
    finally:
        if not stopped:  # else it stays open, for a second signal
            signal.set_wakeup_fd(before)
            os.close(telling)
            waiting.join()
            os.close(told)


def _end_at_once(number: int) -> None:
    if err.is_terminal:
        os.write(2, b"\x1b[?25h")  # a bar hides the cursor
    os._exit(128 + number)
