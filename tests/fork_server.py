"""
A process that has read the program once and forks from itself the servers that tests start: each takes a processor a
tenth of a second, where a new interpreter takes more than one. What is forked is a whole process: it is killed, stopped
and restarted as any other.

One start is one message on the standard input, a Unix socket: a JSON object of `arguments` and `environment`, and with
it the descriptors of the new process's output, of its log, and of a socket that is told its id, then its exit status.
"""

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from typing import NoReturn

import coverage

from live.cli import main

MOST_BYTES = 65536


class Started:
    """One process that was forked, and who waits for its end."""

    def __init__(self, pid: int, told: socket.socket) -> None:
        self.pid = pid
        self.told = told
        self.ended = os.pidfd_open(pid)
        self._say(pid)

    def finish(self) -> None:
        _, status = os.waitpid(self.pid, 0)
        os.close(self.ended)
        self._say(os.waitstatus_to_exitcode(status))
        self.told.close()

    def _say(self, number: int) -> None:
        with contextlib.suppress(OSError):  # whoever started it may be gone
            self.told.sendall(b"%d" % number)


def serve(asked: socket.socket) -> None:
    """Until the other end of *asked* is closed; then nothing that was started here is left."""
    waiting, running = selectors.DefaultSelector(), {}
    waiting.register(asked, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.fileobj is not asked:
                waiting.unregister(key.fileobj)
                running.pop(key.fd).finish()
                continue
            message, descriptors, _, _ = socket.recv_fds(asked, MOST_BYTES, 3)
            if not message:
                for one in running.values():
                    os.kill(one.pid, signal.SIGKILL)
                return
            one = start(json.loads(message), *descriptors)
            running[one.ended] = one
            waiting.register(one.ended, selectors.EVENT_READ)


def start(message: dict[str, object], output: int, log: int, told: int) -> Started:
    if (pid := os.fork()) == 0:
        become(message, output, log, told)
    os.close(output)
    os.close(log)
    return Started(pid, socket.socket(fileno=told))


def become(message: dict[str, object], output: int, log: int, told: int) -> NoReturn:
    """In the process that was forked: run the command that *message* names, then end without the interpreter's rest."""
    status, counting = 1, None
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(log, 2)
        os.closerange(3, max(output, log, told) + 1)
        os.environ.clear()
        os.environ.update(message["environment"])
        counting = coverage.process_startup()  # only where the environment asks for it
        sys.argv = ["innspill", *message["arguments"]]
        main(sys.argv[1:])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1 if end.code else 0
    except BaseException:
        traceback.print_exc()
    finally:
        if counting:
            counting.stop()
            counting.save()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    gc.collect()
    gc.freeze()  # what is read already is not looked through, and so not copied, in each process
    serve(socket.socket(fileno=os.dup(0)))
