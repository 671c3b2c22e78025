"""Kernels are forked from one process that has imported everything; each begins afresh, and is alone."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from gradus_staff.kernels.fork_server import fork_server
from gradus_staff.kernels.limits import Limits
from gradus_staff.kernels.sandbox import Sandbox
from gradus_staff.kernels.session import Session
from gradus_staff.kernels.workplace import Workplace

pytestmark = pytest.mark.kernel
LIMITS = Limits()


def said(session: Session, source: str) -> str:
    """What a cell prints."""
    messages = []
    run = session.run(source, messages.append)
    assert run.status == "ok", run
    return "".join(one["content"].get("text", "") for one in messages)


@pytest.fixture
def two():
    """Two kernels at once."""
    box = Sandbox(LIMITS)
    with (
        Workplace() as a,
        Workplace() as b,
        Session(a, sys.executable, LIMITS, {"GRADUS_STUDENT": "ada"}, box) as one,
        Session(b, sys.executable, LIMITS, {"GRADUS_STUDENT": "bob"}, box) as other,
    ):
        yield one, other


def test_both_come_from_the_same_process_which_has_imported_everything(two):
    server = fork_server().pid
    for session in two:
        fork = session._provisioner.pids[-1]
        with open(f"/proc/{fork}/status") as status:
            parent = next(int(line.split()[1]) for line in status if line.startswith("PPid"))
        with open(f"/proc/{parent}/status") as status:
            assert server == next(int(line.split()[1]) for line in status if line.startswith("PPid"))
        assert (
            said(session, "import sys; print('torch' in sys.modules, 'gradus.check' in sys.modules)") == "True True\n"
        )


def test_random_numbers_differ_between_forks(two):
    drawn = "import random, numpy, torch; print(random.random(), numpy.random.rand(), torch.rand(1).item())"
    one, other = (said(session, drawn).split() for session in two)
    assert all(a != b for a, b in zip(one, other, strict=True)) and len(one) == 3


def test_environment_home_and_caches_are_the_forks_own(two):
    look = (
        "import os, tempfile, matplotlib; print(os.environ['GRADUS_STUDENT'], os.getcwd(), tempfile.gettempdir(), "
        "matplotlib.get_cachedir(), os.environ['HOME'])"
    )
    assert said(two[0], look) == "ada /tmp/work /tmp /tmp/home/.matplotlib /tmp/home\n"
    assert said(two[1], look).startswith("bob ")


def test_a_fork_sees_neither_its_sibling_nor_its_parent(two):
    said(two[0], "open('/tmp/mark', 'w').write('ada'); open('/dev/shm/mark', 'w').write('ada')")
    assert said(two[0], "import os; print(os.path.exists('/tmp/mark'))") == "True\n"
    look = (
        "import os; print([os.path.exists(p) for p in ('/tmp/mark', '/dev/shm/mark')], os.getppid(), "
        "sum(b'prefork' in open(f'/proc/{p}/cmdline', 'rb').read() for p in os.listdir('/proc') if p.isdigit()))"
    )
    assert said(two[1], look) == "[False, False] 0 1\n"  # itself


def test_a_fork_inherits_no_handle_but_its_own_sockets(two):
    count = (
        "import os; fds = os.listdir('/proc/self/fd'); links = [os.readlink(f'/proc/self/fd/{f}') for f in fds "
        "if os.path.lexists(f'/proc/self/fd/{f}')]; print([l for l in links if not l.startswith(('socket:', 'pipe:', "
        "'anon_inode:[event', '/dev/null', '/proc/'))])"
    )
    assert said(two[0], count) == "[]\n"


def test_a_later_fork_does_not_inherit_what_an_earlier_one_was_told():
    """The name of the student before, searched in all memory that the fork has."""
    secret = f"student-{os.urandom(8).hex()}"
    look = (
        "import re; pattern = re.compile(NAME); memory = open('/proc/self/mem', 'rb', 0); found = 0\n"
        "for line in open('/proc/self/maps'):\n"
        "    start, end = (int(x, 16) for x in line.split()[0].split('-'))\n"
        "    if line.split()[1].startswith('rw') and end - start < 2**28:\n"
        "        try:\n"
        "            memory.seek(start); found += len(pattern.findall(memory.read(end - start)))\n"
        "        except OSError:\n"
        "            pass\n"
        "print(found > 0)"
    ).replace("NAME", repr(secret.replace("t-", "t[-]").encode()))  # which does not find itself
    box = Sandbox(LIMITS)
    long = {"FILLER": "." * 20_000, "GRADUS_STUDENT": secret}  # so that the next, shorter order does not hide it
    for environment, is_found in ((long, "True"), ({"GRADUS_STUDENT": "ada"}, "False")):
        with Workplace() as workplace, Session(workplace, sys.executable, LIMITS, environment, box) as session:
            assert said(session, look) == f"{is_found}\n"


def test_a_fork_has_no_rights_left(two):
    look = "print([l.split()[1] for l in open('/proc/self/status') if l.startswith(('Cap', 'NoNewPrivs', 'Seccomp:'))])"
    none = "0000000000000000"
    assert said(two[0], look) == f"{[none] * 5 + ['1', '2']}\n"


def test_what_one_fork_does_to_its_modules_stays_there(two):
    said(two[0], "import torch, gradus.check; torch.relu = gradus.check.checks_for = None; torch.manual_seed(5)")
    assert said(two[1], "import torch; print(torch.relu(torch.tensor([-1.0, 2.0])).sum().item())") == "2.0\n"
    assert said(two[1], "import gradus.check; print(gradus.check.checks_for is None)") == "False\n"


def test_a_server_that_was_killed_is_started_anew():
    box = Sandbox(LIMITS)
    with Workplace() as workplace, Session(workplace, sys.executable, LIMITS, {}, box) as session:
        before = fork_server().pid
        os.kill(before, signal.SIGKILL)
        assert said(session, "print(1)") == "1\n"  # the kernel lives on
    while fork_server()._process.poll() is None:
        time.sleep(0.01)
    with Workplace() as workplace, Session(workplace, sys.executable, LIMITS, {}, box) as session:
        assert said(session, "print(2)") == "2\n"
    assert fork_server().pid != before


def test_a_kernel_that_ends_itself_is_noticed_at_once():
    with Workplace() as workplace, Session(workplace, sys.executable, LIMITS, {}, Sandbox(LIMITS)) as session:
        run = session.run("import os; os._exit(3)", lambda message: None)
        assert run.died and run.reason == "The kernel died while this cell ran (it exited with code 3)."
