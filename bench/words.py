"""
Measures what one more answer costs the word count when there are 100 answers already, and when there are 20,000.

`python -m bench.words`. Processor time; each figure is the median of many rounds, so other processes hardly matter.
"""

import random
import statistics
import subprocess
import sys
import time

from live.i18n.languages import LANGUAGES
from live.text import lemmas
from live.text.word_count import WordCount
from live.text.word_groups import WordGroups

ROUNDS = 200
NOUNS = (
    "skole", "buss", "vei", "møteplass", "kommune", "ungdom", "butikk", "bygd", "barnehage", "park", "bolig", "lege",
    "fritidsklubb", "hytte", "gate",
)  # fmt: skip
ENDINGS = "", "n", "r", "ne"
PLAIN = "folk", "i", "må", "har", "mange", "flere", "gode", "dårlige", "trygge", "nye", "til", "og", "for", "å", "om"


def answer(number: int, chance: random.Random) -> str:
    """Twelve words, some inflected; one in three answers has a word that nobody has used before."""
    words = [chance.choice(PLAIN) if chance.random() < 0.5 else inflected(chance) for _ in range(12)]
    return " ".join([*words, f"stedsnavn{number}"] if number % 3 == 0 else words)


def inflected(chance: random.Random) -> str:
    noun = chance.choice(NOUNS)
    return noun + chance.choice(ENDINGS if noun.endswith("e") else ("", "en", "er", "ene"))


def words_of(by: str) -> WordCount:
    return WordCount(language="nb", mode="split", word_groups=WordGroups("nb", by))


def cost(before: int, by: str) -> tuple[float, float]:
    """Microseconds of one answer, and of the view that follows it, when *before* answers are there."""
    chance = random.Random(7)
    words = words_of(by)
    for number in range(before):
        words.add(str(number), f"p{number % max(1, before // 3)}", answer(number, chance))
    adds, views = [], []
    for number in range(before, before + ROUNDS):
        text = answer(number, chance)
        begun = time.process_time_ns()
        words.add(str(number), f"p{number % 50}", text)
        adds.append(time.process_time_ns() - begun)
        begun = time.process_time_ns()
        words.top(100)
        views.append(time.process_time_ns() - begun)
    return statistics.median(adds) / 1000, statistics.median(views) / 1000


def loading(language: str) -> str:
    """Seconds and MiB of a process that reads the dictionaries of *language*."""
    code = (
        "import time; from live.text import lemmas\n"
        "size = lambda: int(open('/proc/self/statm').read().split()[1]) * 4096 / 2**20\n"
        "at, begun = size(), time.perf_counter()\n"
        f"lemmas.load({language!r}); took = time.perf_counter() - begun\n"
        "print(f'{took:.2f} s, {size() - at:.0f} MiB')"
    )
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def merged_by_hand(before: int) -> float:
    """Milliseconds for a merge by hand of two words that are in most of *before* answers."""
    chance = random.Random(7)
    words = words_of(lemmas.method())
    for number in range(before):
        words.add(str(number), f"p{number}", answer(number, chance))
    groups = [words.word_groups.group(word) for word in ("folk", "skole")]
    begun = time.process_time()
    words.merge(groups)
    return (time.process_time() - begun) * 1000


def main() -> None:
    for by in ("", lemmas.method()):
        for before in (100, 20_000):
            add, view = cost(before, by)
            print(f"{by or 'folding only':16} {before:6} answers: {add:5.1f} µs an answer, {view:5.1f} µs for a view")
    print(f"merge by hand, 20,000 answers: {merged_by_hand(20_000):.0f} ms")
    for language in LANGUAGES:
        print(f"dictionaries for {language}: {loading(language)}")


if __name__ == "__main__":
    main()
