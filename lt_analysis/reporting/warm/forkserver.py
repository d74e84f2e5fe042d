"""The process that kernels are forked from. Run as a script; it uses the standard library only.

    python forkserver.py SOCKET IDLE IMPORTS

IMPORTS is a list, in JSON, of import statements to run before the first fork. Whoever connects to SOCKET sends
one message: a kernel's arguments, environment and folder, with three open files to be its standard streams. The
answer is the kernel's process number and, when it has ended, how. A connection is its kernel's life: where the
client goes, the kernel and all that it started go too. The process has no thread beside its own but one known to
be harmless, for a fork copies only the thread that asks for it. It ends by itself when it has had no kernel for
IDLE seconds.
"""

import array
import atexit
import builtins
import contextlib
import ctypes
import fcntl
import gc
import json
import os
import selectors
import signal
import socket
import sys
import threading
import traceback
import warnings
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

MOST_BYTES = 1 << 20  # of one message
STREAMS = 3
START_SECONDS = 50
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # of linux/prctl.h
# pyarrow's allocator starts this thread, and forks in its presence have been found safe.
HARMLESS_THREADS = {"jemalloc_bg_thd"}
# What every kernel imports before its first cell, whatever its notebook. (Its debugger is half of a kernel's start.)
OF_EVERY_KERNEL = (
    *("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.debugger", "debugpy"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.extensions.storemagic"),
    *("tornado.platform.asyncio", "tornado.queues", "sqlite3"),
)
# A fork of a process with polars hangs (polars issue 20284). The inline backend takes hold of IPython's shell
# when it is imported, and only then, so it must meet the kernel's own.
NEVER_IMPORTED = ("polars", "matplotlib_inline")


def main() -> None:
    """Import, listen, and fork until nobody asks any more."""
    address, idle, imports = Path(sys.argv[1]), float(sys.argv[2]), json.loads(sys.argv[3])
    if sys.path and sys.path[0] == str(Path(__file__).parent):
        del sys.path[0]
    ready = _in_the_background()
    _import(imports, ready)
    server = Server(address)
    os.write(ready, b"1")
    os.close(ready)
    server.serve(idle)


def _in_the_background() -> int:
    """Go on as a session of one's own, while the first process waits for word that all is ready, then ends."""
    again = os.environ.pop("LT_ANALYSIS_READY", None)
    if again:
        return int(again)
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        os._exit(0 if os.read(reading, 1) else 1)
    os.close(reading)
    os.setsid()
    return writing


def _import(imports: list[str], ready: int) -> None:
    """Import ipykernel and the rest. What starts a thread or warns is left out, by starting afresh without it.

    A warning is for the notebook's reader, and is given once a process. An import that hangs ends this one.
    """
    signal.alarm(START_SECONDS)
    warned: list[str] = []
    show, warnings.showwarning = warnings.showwarning, lambda message, *_, **__: warned.append(str(message))
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # pandas asks at import whether it is in a notebook
    for statement in [f"import {name}" for name in OF_EVERY_KERNEL] + imports:
        with contextlib.suppress(Exception):  # the notebook will say so
            exec(statement, {})
        if statement in imports and (warned or not _is_safe()):
            left = [one for one in imports if one != statement]
            os.environ["LT_ANALYSIS_READY"] = str(ready)
            os.set_inheritable(ready, True)
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:-1], json.dumps(left)])
    del builtins.get_ipython
    warnings.showwarning = show
    signal.alarm(0)
    gc.collect()
    gc.freeze()  # what is here stays in memory shared by all


def _is_safe() -> bool:
    names = [(task / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]
    unknown = len(names) - 1 - sum(name in HARMLESS_THREADS for name in names)
    return not unknown and not any(name in sys.modules for name in NEVER_IMPORTED)


class Server:
    """Kernels and the connections that they live by."""

    def __init__(self, address: Path):
        self.address = address
        self.kernels: dict[int, socket.socket] = {}
        self.selector = selectors.DefaultSelector()
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listener.bind(str(address))
        self.own_file = address.stat().st_ino
        self.listener.listen(128)
        self.listener.setblocking(False)
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.ended, waker = socket.socketpair()
        self.ended.setblocking(False)
        waker.setblocking(False)
        self.waker = waker
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        self.selector.register(self.ended, selectors.EVENT_READ)
        _prctl(PR_SET_CHILD_SUBREAPER, 1)

    def serve(self, idle: float) -> None:
        """Answer until there has been no kernel for `idle` seconds."""
        while True:
            events = self.selector.select(idle)
            if not events and not self._connections() and self._leave():
                return
            for key, _ in events:
                if key.fileobj is self.listener:
                    self._accept()
                elif key.fileobj is self.ended:
                    self._reap()
                elif key.fileobj.fileno() >= 0:  # its kernel may have ended in this very round
                    self._hear(key.fileobj)

    def _connections(self) -> int:
        return len(self.selector.get_map()) - 2  # without the door and the bell of ended children

    def _leave(self) -> bool:
        """Close the door under the lock that clients look for a server under, unless one is at it already."""
        with self.address.with_suffix(".lock").open("w") as lock, contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not self.selector.select(0):
                with contextlib.suppress(FileNotFoundError):
                    if self.address.stat().st_ino == self.own_file:  # and not of a server that took its place
                        self.address.unlink()
                        self.address.with_suffix(".log").unlink()
                return True
        return False

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # whoever asks will ask again, or do without
            connection, _ = self.listener.accept()
            self.selector.register(connection, selectors.EVENT_READ)

    def _hear(self, connection: socket.socket) -> None:
        """Fork what a client asks for; where a client has gone or asks for nothing sensible, end its kernel."""
        message, streams = _receive(connection)
        try:
            if message:
                self._fork(connection, json.loads(message), streams)
                return
        except (ValueError, OSError):
            pass
        finally:
            for stream in streams:
                os.close(stream)
        self.selector.unregister(connection)
        for pid, own in self.kernels.items():
            if own is connection:
                _kill(pid)
        connection.close()

    def _fork(self, connection: socket.socket, request: dict, streams: list[int]) -> None:
        server = os.getpid()
        pid = os.fork()
        if not pid:
            self._close_copies()
            _become_kernel(server, request, streams)
        self.kernels[pid] = connection
        with contextlib.suppress(OSError):  # the client has gone, as the next round will notice
            connection.send(str(pid).encode())

    def _close_copies(self) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.waker.close()
        self.selector.close()

    def _reap(self) -> None:
        """Tell clients how their kernels ended, and end whatever a kernel left behind."""
        with contextlib.suppress(BlockingIOError):
            self.ended.recv(4096)
        while (child := _ended_child()) is not None:
            if child in self.kernels:
                _kill(child)
            _, status = os.waitpid(child, 0)
            connection = self.kernels.pop(child, None)
            if connection is not None and connection.fileno() >= 0:
                self.selector.unregister(connection)
                with contextlib.suppress(OSError):
                    connection.send(str(os.waitstatus_to_exitcode(status)).encode())
                connection.close()
        # While a kernel lives, it adopts whatever its children leave; so what has come here has lost its kernel.
        for child in map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()):
            if child not in self.kernels:
                _kill(child)


def _ended_child() -> int | None:
    """Name a child that has ended and is not yet waited for, so that its number is still its own."""
    with contextlib.suppress(ChildProcessError):
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT | os.WNOHANG)
        return ended.si_pid if ended else None
    return None


def _kill(child: int) -> None:
    """End a child and its group, which a kernel that was forked a moment ago has not made yet."""
    for kill in (os.kill, os.killpg):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)


def _receive(connection: socket.socket) -> tuple[bytes, list[int]]:
    """Receive one message and the open files that came with it; nothing where the client has gone."""
    files = array.array("i")
    try:
        message, others, *_ = connection.recvmsg(MOST_BYTES, socket.CMSG_LEN(STREAMS * files.itemsize))
    except OSError:
        return b"", []
    for _, _, content in others:
        files.frombytes(content[: len(content) - len(content) % files.itemsize])
    return message, list(files)


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def _become_kernel(server: int, request: dict, streams: list[int]) -> None:
    """Run a kernel as `python -m ipykernel_launcher` would, and never return.

    Unlike an ordinary kernel it adopts what its children leave behind, so that all of it can be ended with it.
    """
    code = 1
    try:
        os.setsid()
        _prctl(PR_SET_CHILD_SUBREAPER, 1)
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != server:
            os._exit(1)
        for standard, stream in enumerate(streams):
            os.dup2(stream, standard)
            os.close(stream)
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        sys.argv[:] = [find_spec("ipykernel_launcher").origin, *request["arguments"]]
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()  # every fork would draw the same numbers
        from ipykernel import kernelapp

        kernelapp.launch_new_instance(argv=request["arguments"], parent_handle=server)
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        threading._shutdown()  # waits for threads that are not daemons, as the interpreter does at its end
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
