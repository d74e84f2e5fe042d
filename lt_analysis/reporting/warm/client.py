"""Asking for a kernel: the fork server found, or started, and the process that it gave.

There is one fork server for each way in which kernels differ before their first cell: the interpreter, the packages
installed, the environment that imports look at, the imports, and what a process inherits. It listens in a folder
that only its owner can open.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import resource
import signal
import socket
import stat
import struct
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Self

from lt_analysis.reporting.cleanup import LONGEST_ADDRESS, runs

FORK_SERVER = Path(__file__).with_name("forkserver.py")
START_SECONDS = 60
IDLE_SECONDS = 60
ANSWER_SECONDS = 20
UNSAID_SECONDS = 5  # after which a fork server that has not said that a kernel ended is taken to hang
# What a library may look at while it is imported.
LOOKED_AT = (
    *("PYTHON", "LD_", "LC_", "LANG", "TZ", "HOME", "TMPDIR", "XDG_CONFIG", "XDG_CACHE", "XDG_DATA"),
    *("DEBUGPY", "PYDEVD", "IDE_PROJECT_ROOTS", "LIBRARY_ROOTS"),
    *("MPL", "MATPLOTLIB", "NPY_", "NUMPY_", "SCIPY_", "PANDAS_", "ARROW_"),
    *("OMP_", "OPENBLAS_", "MKL_", "NUMEXPR_", "KMP_", "GOTO_", "BLIS_"),
)
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
LIMITS = [getattr(resource, name) for name in sorted(dir(resource)) if name.startswith("RLIMIT_")]
LAUNCHER = ["-m", "ipykernel_launcher"]
UNUSABLE: dict[Path, tuple[float, str]] = {}  # a server that could not start or hangs: since when, and why
ASKED_AGAIN = 600  # seconds after which it is, for a dask worker lives for days


class NoForkServerError(Exception):
    """No kernel can be forked here; the message says why."""


class ForkedKernel:
    """A kernel that another process has forked, with what jupyter_client uses of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int):
        self.connection, self.pid = connection, pid
        self.returncode: int | None = None
        self.gone_since: float | None = None
        self.one_hears = threading.Lock()

    @classmethod
    def start(cls, command: list[str], cwd: str, env: dict[str, str], imports: tuple[str, ...]) -> Self:
        """Fork a kernel from the server of its kind, to write where this process does.

        Raises `NoForkServerError`.
        """
        python, *flags = command[: _place_of_launcher(command)]
        _refuse_what_a_fork_would_change(cwd, env)
        arguments = command[len(flags) + 1 + len(LAUNCHER) :]
        address = _address(Path(python), flags, env, imports)
        connection = _connection(address, flags, env, imports)
        request = json.dumps({"arguments": arguments, "env": env, "cwd": cwd}).encode()
        with Path(os.devnull).open("rb") as nothing:  # a kernel has no standard input
            try:
                socket.send_fds(connection, [request], [nothing.fileno(), 1, 2])
                pid = connection.recv(64)
            except OSError as error:
                said = f"the fork server did not answer ({type(error).__name__}); run it again"
                if isinstance(error, TimeoutError):
                    said = f"the fork server does not answer; end process {_listener(connection)}"
                    UNUSABLE[address] = time.monotonic(), said
                connection.close()
                raise NoForkServerError(said) from error
        if not pid:
            connection.close()
            raise NoForkServerError("the fork server ended; run it again")
        return cls(connection, int(pid))

    def poll(self) -> int | None:
        """Return how the kernel ended, None while it runs."""
        return self._hear(0)

    def wait(self, timeout: float | None = None) -> int:
        """Return how the kernel ended, once it has. Raises `subprocess.TimeoutExpired`."""
        until = float("inf") if timeout is None else time.monotonic() + timeout
        while (code := self._hear(min(max(until - time.monotonic(), 0), UNSAID_SECONDS))) is None:
            if time.monotonic() >= until:
                raise subprocess.TimeoutExpired(LAUNCHER[-1], timeout)
        return code

    def send_signal(self, signum: int) -> None:
        """Signal the kernel, if it still runs."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signum)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)

    def _hear(self, timeout: float) -> int | None:
        """Wait for word of how the kernel ended, which is said once: to one thread, while the others wait for it."""
        if not self.one_hears.acquire(timeout=timeout):
            return self.returncode
        try:
            return self._heard(timeout) if self.returncode is None else self.returncode
        finally:
            self.one_hears.release()

    def _heard(self, timeout: float) -> int | None:
        """Listen at most so long. (Not by `select`, which knows no file above the 1,023rd.)"""
        self.connection.settimeout(timeout)
        try:
            ended = self.connection.recv(64)
        except (BlockingIOError, TimeoutError):
            if not self._ended_unsaid():
                return None
            ended = b""
        except ConnectionError:
            ended = b""
        if not ended:  # the fork server is gone: its kernels went with it, but not what they had started. Or it hangs
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self.returncode = int(ended or -signal.SIGKILL)
        self.connection.close()
        return self.returncode

    def _ended_unsaid(self) -> bool:
        """Say whether the kernel ended some time ago, and the fork server has not said so."""
        if runs(self.pid):
            return False
        self.gone_since = self.gone_since or time.monotonic()
        return time.monotonic() - self.gone_since > UNSAID_SECONDS


def _place_of_launcher(command: list[str]) -> int:
    for place in range(1, len(command)):
        if command[place : place + len(LAUNCHER)] == LAUNCHER:
            return place
    raise NoForkServerError("this kernel is not IPython's own; choose one that is")


def _address(python: Path, flags: list[str], env: dict[str, str], imports: tuple[str, ...]) -> Path:
    """Return where the fork server of a kind of kernel listens, or would."""
    if not sys.platform.startswith("linux"):
        raise NoForkServerError("kernels can be forked on Linux only")
    if python.absolute() != Path(sys.executable).absolute():
        remedy = "run `python -m ipykernel install --sys-prefix` here"
        raise NoForkServerError(f"this kernel belongs to another installation of Python; {remedy}")
    address = own_folder() / f"{_kind(flags, env, imports)}.sock"
    if len(os.fsencode(address)) > LONGEST_ADDRESS:
        raise NoForkServerError(f"the path of {address.parent} is too long for a socket; set XDG_RUNTIME_DIR")
    return address


def _connection(address: Path, flags: list[str], env: dict[str, str], imports: tuple[str, ...]) -> socket.socket:
    """Connect to a fork server, starting it where there is none."""
    since, why = UNUSABLE.get(address, (0, ""))
    if why and time.monotonic() - since < ASKED_AGAIN:
        raise NoForkServerError(why)
    with address.with_suffix(".lock").open("w") as lock:
        _lock(lock)
        with contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
            return _connected(address)
        _start(address, flags, env, imports)
        return _connected(address)


def _lock(lock: IO) -> None:
    """Wait for others who are starting the same fork server, but not for ever."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise NoForkServerError("another process is starting the fork server, and hangs; end it") from None
            time.sleep(0.02)


def _refuse_what_a_fork_would_change(cwd: str, env: dict[str, str]) -> None:
    """Raise where imports depend on the kernel's folder, or BLAS is to have threads, which do not survive a fork."""
    if any(path and not Path(path).is_absolute() for path in env.get("PYTHONPATH", "").split(os.pathsep)):
        raise NoForkServerError("PYTHONPATH depends on the folder; write whole paths in it")
    if (Path(cwd) / "matplotlibrc").exists():
        raise NoForkServerError("matplotlib has settings in this folder; move matplotlibrc away")
    for name in ONE_THREAD:
        if env.get(name, "1") != "1":
            raise NoForkServerError(f"{name} asks for threads; unset it")


def own_folder() -> Path:
    """Return the folder of sockets, which nobody else can open."""
    place = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    folder = place / f"lt-analysis-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise NoForkServerError(f"{folder} is open to others; remove it")
    return folder


def _kind(flags: list[str], env: dict[str, str], imports: tuple[str, ...]) -> str:
    places = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    looked_at = {name: value for name, value in env.items() if name.startswith(LOOKED_AT)}
    kind = {
        "python": [sys.executable, sys.version, *flags],
        "packages": [[place, Path(place).stat().st_mtime_ns] for place in sorted(places)],
        "fork server": FORK_SERVER.read_text(encoding="utf-8"),
        "environment": sorted(looked_at.items()),
        "imports": imports,
        "limits": [resource.getrlimit(limit) for limit in LIMITS],
        "processors": sorted(os.sched_getaffinity(0)),
        "umask": _umask(),
        "inherited": [os.getpriority(os.PRIO_PROCESS, 0), os.getgroups(), Path("/proc/self/cgroup").read_text()],
        "namespaces": [[one.name, str(one.readlink())] for one in sorted(Path("/proc/self/ns").iterdir())],
    }
    return hashlib.sha256(json.dumps(kind).encode()).hexdigest()[:16]


def _umask() -> str:
    return next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("Umask"))


def _connected(address: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.settimeout(ANSWER_SECONDS)
    try:
        connection.connect(str(address))
    except BlockingIOError as error:  # as many wait as there is room for
        connection.close()
        raise NoForkServerError("the fork server answers nobody; run it again when the others have ended") from error
    except OSError:
        connection.close()
        raise
    return connection


def _listener(connection: socket.socket) -> int:
    """Return the number of the process at the other end; what Linux alone can tell."""
    return struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))[0]


def _start(address: Path, flags: list[str], env: dict[str, str], imports: tuple[str, ...]) -> None:
    address.unlink(missing_ok=True)  # what a server that was killed left
    log = address.with_suffix(".log")
    environment = {name: value for name, value in env.items() if not name.startswith("JPY_")}
    # One page runs at a time on each processor, and threads of OpenBLAS and of Arrow's memory would not survive a fork.
    environment |= dict.fromkeys(ONE_THREAD, "1") | {"JE_ARROW_MALLOC_CONF": "background_thread:false"}
    environment.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # as ipykernel sets it
    command = [sys.executable, *flags, str(FORK_SERVER), str(address), str(IDLE_SECONDS), json.dumps(imports)]
    try:
        with log.open("wb") as said:
            streams = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": said}
            subprocess.run(command, env=environment, cwd="/", timeout=START_SECONDS, check=True, **streams)
    except (OSError, subprocess.SubprocessError) as error:
        why = f"the fork server could not start; {log} says why"
        UNUSABLE[address] = time.monotonic(), why
        raise NoForkServerError(why) from error
