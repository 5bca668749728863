"""What the rounds of a benchmark say: the median of CPU times, their spread, ratios to fx's, and the tables of them. No clock is read here.

A row is {"rounds": N, "parts": {PART: {LANGUAGE: [SAMPLE, one for each round]}}}; a sample {"user": s, "system": s, "memory": KiB}.
The part is "" where a row is one process, else "server" or "client"."""

import statistics

NAMES = {"fx": "fx", "ml": "OCaml", "c": "C", "go": "Go", "py": "Python"}
WITH_LOOP = {**NAMES, "ml": "Lwt", "c": "libuv"}


def take_turns(languages, measure, is_enough):
    """Runs A A B B C C, A A B B C C, ...: what disturbs the machine for a while disturbs all. In its turn each runs once unmeasured: the system
    then has at hand the memory, the files and the clock speed that it takes, whoever came before it. Answers {part: {language: [sample]}} and
    the number of rounds; `measure(language)` answers {part: sample}, `is_enough(rounds)` is asked after each round."""
    parts, rounds = {}, 0
    while rounds == 0 or not is_enough(rounds):
        for language in languages:
            measure(language)
            for part, sample in measure(language).items():
                parts.setdefault(part, {}).setdefault(language, []).append(sample)
        rounds += 1
    return {"rounds": rounds, "parts": parts}


def cpu(sample):
    return sample["user"] + sample["system"]


def median_cpu(samples):
    return statistics.median(map(cpu, samples))


def spread(samples):
    """How far the longest and the shortest of the times are apart, as a share of the median."""
    times = [cpu(sample) for sample in samples]
    return (max(times) - min(times)) / max(statistics.median(times), 0.001)


def ratio(samples, own):
    return median_cpu(samples) / max(median_cpu(own), 0.001)


def mebibytes(samples):
    return statistics.median(sample["memory"] for sample in samples) / 1024


def head_of_table(languages, names):
    peers = [language for language in languages if language != "fx"]
    ratios, seconds = (8 + 1) * len(peers), (14 + 1) * len(languages)
    above = f"{'':<26}{'times fx':^{ratios}} {'CPU seconds, median and spread':^{seconds}} {'MiB':^{7 * len(languages)}}"
    cells = [f"{names[language]:>8}" for language in peers] + [f"{names[language]:>14}" for language in languages]
    cells += [f"{names[language]:>6}" for language in languages]
    return f"{above.rstrip()}\n{'':<25} {' '.join(cells)}  rounds"


def lines_of_row(name, row, languages):
    """One line for each part."""
    for part, samples in row["parts"].items():
        cells = [f"{ratio(samples[language], samples['fx']):>8.2f}" for language in languages if language != "fx"]
        cells += [f"{median_cpu(samples[language]):>9.3f} {spread(samples[language]):>4.0%}" for language in languages]
        cells += [f"{mebibytes(samples[language]):>6.0f}" for language in languages]
        yield f"{name + (', ' + part if part else ''):<25} {' '.join(cells)} {row['rounds']:>7}"


def head_of_each(languages, names):
    return f"{'nanoseconds for one':<25} " + " ".join(f"{names[language]:>8}" for language in languages) + "  at most"


def line_of_each(name, row, languages, operations, limit):
    """What one of so many operations takes; limit: what it may take, or None."""
    cells = [f"{median_cpu(row['parts'][''][language]) * 1e9 / operations:>8.1f}" for language in languages]
    return f"{name:<25} {' '.join(cells)} {limit or '':>8}".rstrip()
