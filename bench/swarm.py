"""A small driver for swarm.c: starts it, sends it commands, reads its replies. Standard library only.

    with Swarm(port=8000, path="/ws?c={i}", headers=["Origin: http://127.0.0.1:8000"]) as swarm:
        print(swarm.connect(1000))
        swarm.settle(300)
        with swarm.expect("activity") as hit:      # notes the clock, arms every connection
            change_the_activity()                  # the app's own HTTP or WebSocket API
        print(hit.first_ms, hit.p50_ms, hit.p99_ms, hit.max_ms, hit.missing)
        print(swarm.send('{"t":"answer","text":"{word} {k}"}', k=3, ack='"ack"'))

Run as a program it measures any server that echoes or broadcasts: see `python3 swarm.py --help`.
"""

import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import time

SOURCE = pathlib.Path(__file__).with_name("swarm.c")


def build(source=SOURCE):
    """Compile swarm.c once for each version of it; returns the program's path."""
    stamp = f"{os.getuid()}-{source.stat().st_mtime_ns}"
    program = pathlib.Path(tempfile.gettempdir()) / f"swarm-{stamp}"
    if not program.exists():
        fresh = program.with_suffix(f".{os.getpid()}")
        subprocess.run(["cc", "-O2", "-Wall", "-o", fresh, source], check=True)
        fresh.replace(program)
    return program


class Hit:
    """When one broadcast reached the connections: milliseconds after `t0_ns`."""

    def __init__(self):
        self.t0_ns = time.monotonic_ns()

    def fill(self, answer):
        self.got, self.missing = answer["got"], answer["missing_open"]
        for name in ("first", "p50", "p90", "p99", "max"):
            value = (answer[f"{name}_ns"] - self.t0_ns) / 1e6 if self.got else None
            setattr(self, f"{name}_ms", value)

    def __repr__(self):
        values = {k: round(v, 2) if v else v for k, v in vars(self).items() if k != "t0_ns"}
        return f"Hit({values})"


class Swarm:
    def __init__(self, port, path="/", headers=(), host="127.0.0.1", hello=None, deflate=False, sse=False, **options):
        """options: sources, inflight, lines, words (see the head of swarm.c)."""
        args = [str(build()), "--host", host, "--port", str(port), "--path", path]
        for header in headers:
            args += ["--header", header]
        if hello is not None:
            args += ["--hello", hello]
        for name, value in options.items():
            args += [f"--{name}", str(value)]
        args += ["--deflate"] * deflate + ["--sse"] * sse
        self.process = subprocess.Popen(
            args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", errors="replace", bufsize=1
        )
        self.ready = self._answer("ready")

    def _answer(self, expected):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"swarm ended (exit status {self.process.wait()})")
        answer = json.loads(line)
        if answer["ev"] != expected:
            raise RuntimeError(f"swarm said {answer}, not {expected}")
        return answer

    def command(self, text, expected="ok"):
        self.begin(text)
        return self._answer(expected)

    def begin(self, text):
        """Send a command without waiting; take its answer later with finish()."""
        if "\n" in text:
            raise ValueError("a command is one line")
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    finish = _answer

    def connect(self, n, rate=0):
        return self.command(f"connect {n} {rate}", "connected")

    def settle(self, quiet_ms=300, most_ms=30000):
        return self.command(f"settle {quiet_ms} {most_ms}", "settled")

    @contextlib.contextmanager
    def expect(self, pattern="", count=0, timeout_ms=10000):
        """Arms on entry; on exit waits for the message on `count` connections (0: on all that are open)."""
        self.command(f"arm {pattern}", "armed")
        hit = Hit()
        yield hit
        hit.fill(self.command(f"await {count} {timeout_ms}", "arrived"))

    def send(self, body, k=1, rate=0, window=0, ack="", timeout_ms=60000):
        self.command(f"ack {ack}")
        return self.command(f"send k={k} rate={rate} window={window} timeout={timeout_ms} body={body}", "sent")

    def stats(self):
        return self.command("stats", "stats")

    def drop(self, n="all"):
        return self.command(f"drop {n}")

    def stall(self, n):
        return self.command(f"stall {n}")

    def resume(self):
        return self.command("resume")

    def close(self):
        if self.process.poll() is None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def main():
    parser = argparse.ArgumentParser(description="Connect N clients, send K messages from each, report the answers.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--path", default="/")
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("-k", type=int, default=3)
    parser.add_argument("--rate", type=float, default=0, help="messages per second in total; 0: all at once")
    parser.add_argument("--body", default='{"k":{k},"text":"answer {r}"}')
    parser.add_argument("--ack", default="", help="a part of the text that marks an answer")
    parser.add_argument("--header", action="append", default=[])
    args = parser.parse_args()
    with Swarm(args.port, args.path, args.header) as swarm:
        print(json.dumps(swarm.connect(args.n)))
        print(json.dumps(swarm.settle(200)))
        print(json.dumps(swarm.send(args.body, args.k, args.rate, ack=args.ack)))
        print(json.dumps(swarm.stats()))


if __name__ == "__main__":
    main()
