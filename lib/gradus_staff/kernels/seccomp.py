"""Which system calls a student's kernel cannot make: a filter in the kernel's own language (BPF), for bubblewrap.

Namespaces decide what a process can see; this filter takes away the ways to make new ones, to reach other processes,
and to keep memory where no limit counts it. Everything else is allowed.
"""

from __future__ import annotations

import errno
import platform
import struct

__all__ = ["has_filter", "seccomp_filter"]

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The names of processors and the numbers (AUDIT_ARCH) by which Linux knows them."""

_REFUSED = {
    # new namespaces and file systems
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # the machine
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142),
    "quotactl": (179, 60), "acct": (163, 89), "syslog": (103, 116), "settimeofday": (164, 170),
    "open_by_handle_at": (304, 265), "fanotify_init": (300, 262),
    # large, seldom needed parts of the kernel, where faults have been found
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218),
    # memory that belongs to no process: it would escape the limits
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "memfd_secret": (447, 447),
}  # fmt: skip
"""Calls that fail with EPERM: name -> number on x86_64, number on aarch64."""

_ABSENT = {"memfd_create": (319, 279), "clone3": (435, 435)}
"""Calls that fail with ENOSYS, as on an old kernel, so that programs take another way."""

_CLONE, _MMAP, _SOCKET = (56, 220), (9, 222), (41, 198)
_NEW_NAMESPACES = 0x7E020000
_SHARED_ANONYMOUS = 0x21
_FAMILIES = (1, 2, 10, 16)
"""Sockets of these families may be made: local ones; IPv4, IPv6 and netlink, which lead nowhere in the sandbox."""

_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16


def has_filter() -> bool:
    """Is there a filter for this machine's processor?"""
    return platform.machine() in _ARCHITECTURES


def seccomp_filter(machine: str | None = None) -> bytes:
    """The filter as bubblewrap reads it. LookupError for a processor without one."""
    machine = machine or platform.machine()
    column = list(_ARCHITECTURES).index(machine) if machine in _ARCHITECTURES else None
    if column is None:
        raise LookupError(f"no filter of system calls for the processor {machine}")
    program = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, _ARCHITECTURES[machine], 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
        _step(_AT_LEAST, 0x40000000, 0, 1),  # the x32 calls are the same calls under other numbers
        _step(_RETURN, _FAIL | errno.ENOSYS),
    ]
    for calls, error in ((_REFUSED, errno.EPERM), (_ABSENT, errno.ENOSYS)):
        for numbers in calls.values():
            program += [_step(_EQUAL, numbers[column], 0, 1), _step(_RETURN, _FAIL | error)]
    program += _where_bits(_CLONE[column], 0, _NEW_NAMESPACES, None)
    program += _where_bits(_MMAP[column], 3, _SHARED_ANONYMOUS, _SHARED_ANONYMOUS)
    program += [
        _step(_EQUAL, _SOCKET[column], 0, len(_FAMILIES) + 2),
        _step(_LOAD, _ARGUMENTS),
        *(_step(_EQUAL, family, len(_FAMILIES) - place, 0) for place, family in enumerate(_FAMILIES)),
        _step(_RETURN, _FAIL | errno.EAFNOSUPPORT),
        _step(_RETURN, _ALLOW),
    ]
    return b"".join(program)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _where_bits(number: int, argument: int, mask: int, exactly: int | None) -> list[bytes]:
    """EPERM for a call with any of the bits in an argument (all of them where `exactly` is the mask)."""
    test = _step(_EQUAL, 0, 1, 0) if exactly is None else _step(_EQUAL, exactly, 0, 1)
    return [
        _step(_EQUAL, number, 0, 5),
        _step(_LOAD, _ARGUMENTS + 8 * argument),
        _step(_AND, mask),
        test,
        _step(_RETURN, _FAIL | errno.EPERM),
        _step(_LOAD, _NUMBER),
    ]
