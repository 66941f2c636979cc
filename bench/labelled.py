"""Measures what the machine finds in labelled answers: themes, near-duplicates and flags; and what screening costs."""

import time
from collections import Counter
from collections.abc import Sequence

from live.text import similarity
from live.text.screening import flags
from tests.text import labelled, labelled_answers
from tests.text.labelled import HELD, LAST, LATER, TUNED

TIMES = 50


def main() -> None:
    for half in (TUNED, HELD):
        answers = labelled.gathered(half)
        themes = [one.theme for one in answers]
        groups = similarity.alike([one.text for one in answers], "nb")
        print(f"{half}: {len(answers)} answers, {len(set(themes))} themes")
        print(f"  adjusted Rand index of the suggestions as shown  {labelled.shown_agreement(answers):.3f}")
        print(f"  of all groups                                    {labelled.agreement(themes, groups):.3f}")
        duplicates = len({one.same_as for one in answers} - {""})
        print(f"  near-duplicates whole in a suggestion            {labelled.whole_share(answers):.0%} of {duplicates}")
    by_hand = labelled_answers.ANSWERS
    index = labelled.agreement([theme for theme, _ in by_hand], similarity.alike([text for _, text in by_hand], "nb"))
    print(f"sixty answers of tests/text/labelled_answers.py    {index:.3f}")
    for part in (TUNED, HELD, LATER, LAST):
        looked_at = labelled.screened(part)
        for flag, n in Counter(one.flag for one in looked_at if one.flag).items():
            print(f"{part}: flagged {flag:<12} {labelled.found_share(looked_at, flag):.0%} of {n}")
        harmless = sum(not one.flag for one in looked_at)
        print(f"{part}: harmless and flagged {len(labelled.false_flags(looked_at))} of {harmless}")
    texts = [one.text for half in (TUNED, HELD) for one in labelled.gathered(half)]
    print(f"screening one of {len(texts)} answers: {cost_us(texts):.1f} µs of a processor")


def cost_us(texts: Sequence[str]) -> float:
    """Microseconds of processor time to screen one of *texts*, on average."""
    began = time.process_time()
    for _ in range(TIMES):
        for text in texts:
            flags(text)
    return (time.process_time() - began) / TIMES / len(texts) * 1e6


if __name__ == "__main__":
    main()
