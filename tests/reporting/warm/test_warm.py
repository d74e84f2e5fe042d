"""Forked kernels: each a process of its own, like an ordinary kernel, and gone when whoever asked for it is."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import Empty

import nbformat
import pytest
from jupyter_client.manager import KernelManager

from lt_analysis.codebook.subjects import RECRUITMENT
from lt_analysis.reporting.batch import Batch
from lt_analysis.reporting.period import board_page, clear_unfinished, own_page
from lt_analysis.reporting.startup import PROVISIONER, WARM
from lt_analysis.reporting.warm import client
from lt_analysis.reporting.warm.provisioner import WarmProvisioner
from lt_analysis.reporting.workers import processes
from tests.conftest import HERE, PERIOD, project_at
from tests.processes import awaited, children, parent, read, runs, wait_until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are forked on Linux only")


@pytest.fixture
def sockets(monkeypatch):
    """A folder of fork servers of this test's own, which end soon after it."""
    with tempfile.TemporaryDirectory(prefix="lt-", ignore_cleanup_errors=True) as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setattr(client, "IDLE_SECONDS", 0.3)
        yield Path(folder) / f"lt-analysis-{os.getuid()}"
        for server in servers(folder):
            with suppress(ProcessLookupError):  # it may be about to end by itself
                os.kill(server, signal.SIGKILL)


def servers(folder) -> list[int]:
    """Fork servers that listen in a folder; their kernels have their name, and them for a parent."""
    of_its_name = {
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if f"forkserver.py\0{folder}" in read(path)
    }
    return [pid for pid in of_its_name if parent(pid) not in of_its_name]


class Kernel:
    """A running kernel that can be asked what a line of code prints."""

    def __init__(self, cwd: Path):
        self.manager = KernelManager(kernel_name="python3")
        self.manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": WARM}
        self.manager.start_kernel(cwd=str(cwd))
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=30)

    @property
    def pid(self) -> int:
        return self.manager.provisioner.process.pid

    @property
    def forked(self) -> bool:
        return isinstance(self.manager.provisioner.process, client.ForkedKernel)

    def prints(self, code: str) -> str:
        asked = self.client.execute(code)
        printed = ""
        while True:
            message = self.client.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["msg_type"] == "stream":
                printed += message["content"]["text"]
            elif message["msg_type"] == "error":
                printed += message["content"]["ename"]
            elif message["msg_type"] == "display_data":
                printed += " ".join(message["content"]["data"])
            elif message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return printed.strip()


@contextmanager
def kernel(cwd: Path, forked: bool = True):
    one = Kernel(cwd)
    try:
        assert one.forked == forked
        yield one
    finally:
        one.client.stop_channels()
        one.manager.shutdown_kernel(now=True)


@pytest.mark.thorough
def test_a_page_is_the_same_bytes_from_a_forked_kernel_and_an_ordinary_one(quarter, sockets, tmp_path, monkeypatch):
    folders = project_at(tmp_path / "project")
    shutil.copytree(quarter.folders.processed, folders.processed)
    clear_unfinished(folders)
    pages = [
        board_page(folders, PERIOD, RECRUITMENT, (folders.releases,), "nonesuch-hospitals", ""),
        own_page(folders, PERIOD, RECRUITMENT.key, "nonesuch-hospitals", ""),
    ]
    made = {}
    for how in ("local-provisioner", WARM):
        monkeypatch.setenv(PROVISIONER, how)
        with processes(2) as executor:
            assert all(one.in_place for one in Batch(folders, executor).make(pages, anew=pages))
        made[how] = [page.destination.read_bytes() for page in pages]
        assert bool(servers(sockets)) == (how == WARM)
    assert made["local-provisioner"] == made[WARM]


def test_a_kernel_starts_as_an_ordinary_one_would(sockets):
    with kernel(HERE) as one, kernel(HERE) as other:
        assert one.pid != other.pid
        assert (
            one.prints("import sys; print('scipy.stats' in sys.modules, 'lt_analysis' in sys.modules)") == "True False"
        )
        assert one.prints("print('matplotlib_inline' in sys.modules)") == "False"
        assert one.prints("import pandas; print(pandas.options.display.max_columns)") == "20"
        assert one.prints("import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()") == "text/plain image/png"
        assert one.prints("import os; print(os.environ.get('OPENBLAS_NUM_THREADS'), os.getcwd())") == f"None {HERE}"
        assert one.prints("print(sys.argv[0].endswith('ipykernel_launcher.py'), __name__)") == "True __main__"
        assert one.prints("x = 1") == ""
        assert other.prints("x") == "NameError"
        drawn = "import numpy, random; print(numpy.random.rand(), random.random())"
        assert not set(one.prints(drawn).split()) & set(other.prints(drawn).split())
        (server,) = servers(sockets)
        assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1


def test_libraries_with_threads_of_their_own_work_in_a_forked_kernel(sockets):
    work = {
        "import numpy; print(round(float(numpy.linalg.svd(numpy.eye(300))[1].sum())))": "300",
        "import duckdb; print(duckdb.sql('select sum(i) from range(2000000) t(i)').fetchall()[0][0])": "1999999000000",
        "from concurrent.futures import ThreadPoolExecutor as T; print(*T(4).map(abs, [-1, -2]))": "1 2",
        "from concurrent.futures import ProcessPoolExecutor as P; print(*P(2).map(abs, [-1, -2]))": "1 2",
        "import subprocess; print(subprocess.run(['echo', 'a'], capture_output=True, text=True).stdout)": "a",
    }
    with kernel(HERE) as one:
        assert {code: one.prints(code) for code in work} == work


def test_a_kernel_can_be_interrupted_and_started_again(sockets, tmp_path):
    with kernel(tmp_path) as one:
        one.client.execute("import time; print('on', flush=True); time.sleep(60)")
        while one.client.get_iopub_msg(timeout=30)["msg_type"] != "stream":
            pass
        one.manager.interrupt_kernel()
        assert one.client.get_shell_msg(timeout=10)["content"]["ename"] == "KeyboardInterrupt"
        before = one.pid
        one.manager.restart_kernel(now=True)
        one.client.wait_for_ready(timeout=30)
        assert one.pid != before
        assert not runs(before)
        assert one.prints("print(1)") == "1"


def test_a_forked_kernel_stops_at_a_breakpoint_as_an_ordinary_one_does(sockets, tmp_path):
    with kernel(tmp_path) as one:

        def debug(command: str, **arguments) -> dict:
            asked = {"type": "request", "seq": 1, "command": command, "arguments": arguments}
            message = one.client.session.msg("debug_request", asked)
            one.client.control_channel.send(message)
            while (answer := one.client.get_control_msg(timeout=30))["parent_header"] != message["header"]:
                pass
            assert answer["content"]["success"]
            return answer["content"].get("body", {})

        code = "a = 6\nb = 7\nc = a * b\n"
        debug("initialize", clientID="test", adapterID="test")
        debug("attach")
        source = {"path": debug("dumpCell", code=code)["sourcePath"]}
        debug("setBreakpoints", breakpoints=[{"line": 3}], source=source, sourceModified=False)
        debug("configurationDone")
        one.client.execute(code)
        while (said := one.client.get_iopub_msg(timeout=30)["content"]).get("event") != "stopped":
            pass
        assert debug("stackTrace", threadId=said["body"]["threadId"])["stackFrames"][0]["line"] == 3


def test_a_kernel_that_is_killed_has_ended_when_that_is_said(sockets, tmp_path):
    with kernel(tmp_path) as one:
        pid = one.pid
        awaited(one.manager.provisioner.kill())
        assert not runs(pid)


def test_a_kernel_that_crashes_is_known_to_have(sockets, tmp_path):
    with kernel(tmp_path) as one:
        one.client.execute("import ctypes; ctypes.string_at(0)")
        wait_until(lambda: not one.manager.is_alive())
        with pytest.raises(Empty):
            one.client.get_shell_msg(timeout=0.2)


def test_what_a_notebook_leaves_running_ends_with_its_kernel(sockets, tmp_path):
    with kernel(tmp_path) as one:
        one.prints("import subprocess")
        left = [
            int(one.prints("print(subprocess.Popen(['sleep', '600']).pid)")),
            int(one.prints("print(subprocess.Popen(['sleep', '600'], start_new_session=True).pid)")),
        ]
        assert all(runs(pid) for pid in left)
    wait_until(lambda: not any(runs(pid) for pid in left))


def test_a_client_that_is_killed_takes_its_kernel_with_it(sockets, tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from lt_analysis.reporting.warm import client\n"
        "client.IDLE_SECONDS = 1\n"
        "from tests.reporting.warm.test_warm import Kernel; from pathlib import Path\n"
        "one = Kernel(Path.cwd())\n"
        "print(one.pid, one.prints(\"import subprocess; print(subprocess.Popen(['sleep', '600']).pid)\"), flush=True)\n"
        "one.manager.provisioner.process.wait()"
    )
    command = [sys.executable, "-c", script, str(HERE)]
    asking = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    pids = [int(word) for word in asking.stdout.readline().split()]
    assert len(pids) == 2
    assert all(runs(pid) for pid in pids)
    asking.kill()
    asking.communicate()
    wait_until(lambda: not any(runs(pid) for pid in pids))


def test_a_fork_server_that_is_killed_takes_its_kernels_with_it_and_the_next_kernel_starts(sockets, tmp_path):
    with kernel(tmp_path) as one:
        child = int(one.prints("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"))
        (server,) = servers(sockets)
        os.kill(server, signal.SIGKILL)
        wait_until(lambda: not one.manager.is_alive() and not runs(one.pid) and not runs(child))
        with kernel(tmp_path):
            assert servers(sockets) != [server]


def ask(environment: dict[str, str], *imports: str) -> client.ForkedKernel:
    """Ask for a kernel that nobody will ever speak to, of a fork server with these imports alone."""
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "nowhere.json"]
    return client.ForkedKernel.start(command, "/", environment, imports)


def end(one: client.ForkedKernel) -> None:
    one.kill()
    assert one.wait(10) == -signal.SIGKILL


def test_whoever_asks_and_goes_or_asks_for_nonsense_harms_nobody(sockets, tmp_path):
    environment = dict(os.environ)
    with kernel(tmp_path) as one:
        (server,) = servers(sockets)
        (address,) = sockets.glob("*.sock")
        request = json.dumps({"arguments": ["-f", "nowhere.json"], "env": environment, "cwd": "/"}).encode()
        opened = len(list(Path(f"/proc/{server}/fd").iterdir()))
        for message in [request] * 20 + [b"nonsense", b"{}", b"[1]"]:
            with client._connected(address) as connection:
                socket.send_fds(connection, [message], [0, 1, 2])
        wait_until(lambda: [one.pid] == [pid for pid in children(server) if runs(pid)])
        wait_until(lambda: len(list(Path(f"/proc/{server}/fd").iterdir())) == opened)
        assert one.prints("print(1)") == "1"


def test_a_fork_server_that_does_not_answer_is_done_without_and_not_asked_again(sockets, tmp_path, monkeypatch):
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(client, "IDLE_SECONDS", 60)
    end(ask(dict(os.environ)))
    (server,) = servers(sockets)
    (address,) = sockets.glob("*.sock")
    os.kill(server, signal.SIGSTOP)
    for _ in range(2):
        with pytest.raises(client.NoForkServerError, match=f"does not answer; end process {server}"):
            ask(dict(os.environ))
        monkeypatch.setattr(client, "_connected", None)  # which would be called if it were asked
    with kernel(tmp_path, forked=False) as one:
        assert one.prints("print(1)") == "1"
    monkeypatch.undo()
    with ExitStack() as waiting:  # nor does anybody wait in a queue that is full
        for _ in range(200):
            try:
                waiting.enter_context(client._connected(address))
            except client.NoForkServerError as error:
                assert "answers nobody" in str(error)
                return
    pytest.fail("the queue has no end")


def test_that_a_kernel_ended_is_known_though_its_fork_server_hangs_and_cannot_say_so(sockets, monkeypatch):
    monkeypatch.setattr(client, "UNSAID_SECONDS", 0.3)
    for waited_for in (lambda one: wait_until(lambda: one.poll() is not None, 5), lambda one: one.wait()):
        one = ask(dict(os.environ))
        (server,) = servers(sockets)
        os.kill(server, signal.SIGSTOP)
        try:
            assert one.poll() is None
            os.kill(one.pid, signal.SIGKILL)
            waited_for(one)
        finally:
            os.kill(server, signal.SIGCONT)
        assert one.returncode == -signal.SIGKILL


def test_how_a_kernel_ended_is_heard_by_all_who_ask(monkeypatch):
    ours, servers_own = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    one = client.ForkedKernel(ours, 0)
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(one.wait) for _ in range(2)]
        assert one.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            one.wait(0.05)
        servers_own.send(b"3")
        servers_own.close()
        assert [each.result(10) for each in waiting] == [3, 3]
    assert one.poll() == 3


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("PYTHONPATH", "src", "PYTHONPATH depends on the folder"),
        ("OPENBLAS_NUM_THREADS", "2", "OPENBLAS_NUM_THREADS asks for threads"),
    ],
)
def test_what_a_fork_would_change_is_not_forked(monkeypatch, name, value, why):
    monkeypatch.setenv(name, value)
    with pytest.raises(client.NoForkServerError, match=why):
        ask(dict(os.environ))


def test_a_folder_whose_path_is_too_long_for_a_socket_is_refused_before_anything_starts(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("x" * 90)))
    (tmp_path / ("x" * 90)).mkdir()
    with pytest.raises(client.NoForkServerError, match="too long for a socket"):
        ask(dict(os.environ))


def test_a_fork_server_that_cannot_start_is_tried_once_and_again_after_some_time(sockets, tmp_path, monkeypatch):
    tried = tmp_path / "tried"
    broken = tmp_path / "forkserver.py"
    broken.write_text(f"open({str(tried)!r}, 'a').write('once '); raise SystemExit(1)")
    monkeypatch.setattr(client, "FORK_SERVER", broken)
    for _ in range(2):
        with pytest.raises(client.NoForkServerError, match="could not start"):
            ask(dict(os.environ))
    assert tried.read_text() == "once "
    monkeypatch.setattr(client, "ASKED_AGAIN", 0)
    with pytest.raises(client.NoForkServerError, match="could not start"):
        ask(dict(os.environ))
    assert tried.read_text() == "once once "


def test_a_fork_server_with_nothing_to_do_ends_and_leaves_no_socket(sockets, tmp_path):
    with kernel(tmp_path):
        assert len(servers(sockets)) == 1
    wait_until(lambda: not servers(sockets))
    assert not list(sockets.glob("*.sock"))


def test_a_kernel_of_another_environment_has_another_fork_server(sockets, tmp_path, monkeypatch):
    with kernel(tmp_path), kernel(tmp_path):
        assert len(servers(sockets)) == 1
        monkeypatch.setenv("TZ", "Europe/London")
        with kernel(tmp_path) as one:
            assert one.prints("import os; print(os.environ['TZ'])") == "Europe/London"
            assert len(servers(sockets)) == 2


def test_new_packages_and_other_imports_have_another_fork_server(sockets, tmp_path, monkeypatch):
    monkeypatch.setattr(client.sysconfig, "get_path", lambda name: str(tmp_path))
    found = []
    for installed, imports in ((1, ()), (1, ()), (2, ()), (2, ("import json",))):
        os.utime(tmp_path, (installed, installed))  # as it is when a package is put in or taken out
        one = ask(dict(os.environ), *imports)
        found.append(parent(one.pid))
        end(one)
    assert found[0] == found[1]
    assert len({*found}) == 3


@pytest.mark.parametrize(
    "source",
    [
        "import threading, time\nthreading.Thread(target=time.sleep, args=[600], daemon=True).start()",
        "import polars",  # which hangs in a fork
        "import warnings\nwarnings.warn('for the reader of the notebook')",
    ],
)
def test_an_import_that_a_fork_would_not_survive_or_that_warns_is_left_to_the_notebook(
    sockets, tmp_path, monkeypatch, source
):
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "busy.py").write_text(source)
    (modules / "polars.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(modules))
    one = ask(dict(os.environ), "import busy", "import numpy")
    server = parent(one.pid)
    assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1
    assert "numpy" in read(Path(f"/proc/{server}/maps"))
    assert read(Path(f"/proc/{server}/cmdline")).endswith('["import numpy"]\0')
    end(one)


@pytest.mark.thorough
def test_papermills_own_command_line_forks_its_kernel_where_one_variable_says_so(sockets, tmp_path):
    kernelspec = {"name": "python3", "display_name": "Python", "language": "python"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernelspec})
    told = "import os; print(os.getppid(), text)"
    notebook.cells = [
        nbformat.v4.new_code_cell("text = ''", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(told),
    ]
    nbformat.write(notebook, tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "-p", "text", "as asked", "--cwd", str(HERE)]
    parents = {}
    for how in ("local-provisioner", WARM):
        subprocess.run(command, cwd=tmp_path, env=os.environ | {PROVISIONER: how}, check=True, capture_output=True)
        (said,) = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[-1].outputs
        parents[how], text = said.text.strip().split(" ", 1)
        assert text == "as asked"
    assert {parents["local-provisioner"]} != {parents[WARM]}
    assert servers(sockets) == [int(parents[WARM])]


def test_where_a_kernel_cannot_be_forked_it_starts_as_ever_and_that_is_said_once(
    sockets, tmp_path, caplog, monkeypatch
):
    monkeypatch.setattr(WarmProvisioner, "said", set())
    sockets.mkdir(mode=0o755)
    for _ in range(2):
        with kernel(tmp_path, forked=False) as one:
            assert one.prints("print(1)") == "1"
    said = [record.getMessage() for record in caplog.records if "starts by itself" in record.getMessage()]
    assert said == [f"Each kernel starts by itself, which is slower: {sockets} is open to others; remove it"]


def test_a_kernel_of_another_language_is_none_of_ours():
    with pytest.raises(client.NoForkServerError, match="not IPython's own"):
        client.ForkedKernel.start(["R", "--slave"], "/", {}, ())
