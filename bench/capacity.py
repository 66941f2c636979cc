"""Estimates what larger halls would need from what was measured: docs/capacity.md. Nobody has tried such halls."""

import math
import statistics
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "capacity.md"
HALLS = (10_000, 100_000, 1_000_000)
CHANGE_S = 0.5  # until the last phone sees a change
ANSWER_S = 30  # within which everybody sends one answer
IN_S = 60  # within which everybody joins
SHARE = 0.6  # of a core that the plan uses
REDIS_PER_S = 130_000  # answers that one Redis stores with its file on disk, 100 in a call (measured separately)
PHONE_PAGE = 14_600  # bytes of HTML, CSS and JS at most
ACK = 110  # bytes of an answer's ack, and about as many bytes of packet headers


def write(results: dict[str, Any]) -> None:
    found = results["found"]["Innspill"]

    def middle(name: str) -> float:
        return statistics.median(figures[name] for figures in found)

    phones, frame = results["phones"], results["frame"]
    change_us, kib = middle("change_cpu_ms") * 1000 / phones, middle("kib")
    ack_us, in_us = middle("ack_cpu_us"), middle("in_cpu_us")
    read_us = max(results["growth"]["answer_cpu_us"][-1][1] - ack_us, 0)
    rows = []
    for hall in HALLS:
        by = {
            "a change": hall * change_us / 1e6 / CHANGE_S,
            "coming in": hall * in_us / 1e6 / IN_S / SHARE,
            "answers": hall / ANSWER_S * ack_us / 1e6 / SHARE,
        }
        workers = max(1, math.ceil(max(by.values())))
        each = hall / ANSWER_S * read_us / 1e6
        rows.append((
            f"{hall:,}", f"{workers}", max(by, key=lambda name: by[name]), f"{hall * kib / 2**20:.1f} GiB",
            f"{hall * frame * 8 / CHANGE_S / 1e9:.1f} Gbit/s", f"{hall * PHONE_PAGE * 8 / IN_S / 1e9:.2f} Gbit/s",
            f"{hall / ANSWER_S:,.0f}", f"{max(1, math.ceil(hall / ANSWER_S / REDIS_PER_S / SHARE))}",
            f"{100 * each:.0f} %",
        ))  # fmt: skip
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    PAGE.write_text(
        f"""# What larger halls would take

Reckoned by `make bench` on {results["date"]} from what was measured with {phones:,} phones on one machine
(docs/performance.md); nobody has tried the larger ones. {results["machine"]}.

Everybody comes in within {IN_S} s, sees a change within {CHANGE_S} s, and sends one answer within {ANSWER_S} s.
Measured for each phone: {change_us:.1f} µs of a core for a change of {frame:,} bytes, {in_us:.0f} µs to come in,
{kib:.1f} KiB; for each answer {ack_us:.0f} µs until its ack and {read_us:.0f} µs to read it. Of a core,
{100 * SHARE:.0f} % is planned for.

| People | Workers | Because of | Memory | A change | Coming in | Answers/s | Redis shards | Reading, of each worker |
|--:|--:|---|--:|--:|--:|--:|--:|--:|
{table}

- **One meeting stands in one shard**, and each worker adds up all of its answers, to draw its own screens and to
  decide: the last column does not shrink with more workers. Near 100 % the words of a cloud come later than the acks;
  past it, a meeting of that size needs its words counted in one place, which is not built.
- **Several meetings** share nothing but machines: a hundred of 10,000 people are the workers of the last row, on a
  Redis Cluster whose shards each hold some of them.
- **The network is what costs:** a change is {frame:,} bytes for each phone, and TLS and its packets add a tenth. Where
  it may take 2 s and not {CHANGE_S}, it takes a quarter of that bandwidth and of those workers.
- The kernel keeps about 8 KiB more for each line, and a proxy in front that ends TLS its own 20 to 50 KiB. Files: two
  for each line of a proxy, one of ours (`LimitNOFILE`).
""",
        "utf-8",
    )
