"""A wheel brings the notebooks, and runs in an empty folder without the project beside it."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import HERE, fresh_copy


def done(*command, cwd, seconds=300):
    # nbconvert's own templates are where it was installed, which is this environment.
    env = os.environ | {"JUPYTER_PATH": str(Path(sysconfig.get_path("data")) / "share" / "jupyter")}
    said = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, timeout=seconds)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """An environment of its own in which the wheel is installed; what it depends on is this environment's."""
    root = tmp_path_factory.mktemp("wheel")
    fresh_copy(root / "project")  # setuptools builds in the project's own folder
    (root / "project" / ".venv").unlink()
    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", root, ".")
    done(sys.executable, "-m", "pip", *build, cwd=root / "project")
    shutil.rmtree(root / "project")
    done(sys.executable, "-m", "venv", "--without-pip", root / "venv", cwd=root)
    python = root / "venv" / "bin" / "python"
    (wheel,) = root.glob("*.whl")
    done(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel, cwd=root)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    place = Path(done(python, "-c", code, cwd=root).strip())
    # A path in a file of paths is no place whose own files of paths are read: the project itself is not on it.
    (place / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return root / "venv" / "bin"


@pytest.mark.thorough
def test_a_wheel_runs_a_quarter_in_an_empty_folder(installed, tmp_path):
    assert str(HERE) not in done(
        installed / "python", "-c", "import lt_analysis; print(lt_analysis.__file__)", cwd=tmp_path
    )
    done(installed / "lt-analysis", "new", cwd=tmp_path)
    done(installed / "lt-analysis", "invent", "--organisations", 2, "--quarters", 6, cwd=tmp_path)
    said = done(installed / "lt-analysis", "run", "--jobs", 1, cwd=tmp_path, seconds=600)
    assert said.strip().splitlines()[-1].endswith("reports/2026-27-Q2/index.html")
    for notebook in (HERE / "notebooks").glob("*/*.ipynb"):
        assert (tmp_path / notebook.relative_to(HERE)).read_bytes() == notebook.read_bytes()
