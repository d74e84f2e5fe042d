"""Where the commands say what they have to say: findings on standard output, progress and trouble on the other."""

from functools import cache

from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def accounted(accepted: int, rejected: int, set_aside: int) -> str:
    """Say what became of rows; lines set aside are named only where there are any."""
    apart = f" + {set_aside:,} set aside" if set_aside else ""
    return f"{accepted:,} accepted + {rejected:,} rejected{apart}"


@cache
def warn_once(warning: str) -> None:
    """Give a warning, once in a process."""
    err.print(f"! {warning}", markup=False)
