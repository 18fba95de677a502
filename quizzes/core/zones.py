"""Time zones as people type them: a city's name, any case, or the exact name of the database of zones."""

from collections.abc import Collection

from rapidfuzz import fuzz, process

REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
MOST_SIMILAR, LEAST_SIMILARITY = 3, 75


def offered_zones(known: Collection[str]) -> list[str]:
    """Zones worth offering, sorted: those of places, and UTC; without historic and technical names."""
    return sorted(name for name in known if name == "UTC" or name.partition("/")[0] in REGIONS)


def find_zone(text: str, known: Collection[str]) -> str | None:
    """The zone that is meant: its name in any case, or a city that only one zone is named after; None if unclear."""
    wanted = _plain(text)
    if not wanted:
        return None
    named = [name for name in known if _plain(name) == wanted]
    cities = [name for name in offered_zones(known) if _city(name) == wanted]
    return named[0] if named else cities[0] if len(cities) == 1 else None


def similar_zones(text: str, known: Collection[str]) -> list[str]:
    """At most three zones that may have been meant, the likeliest first."""
    wanted, names = _plain(text), offered_zones(known)
    cities = {name: _city(name) for name in names}
    found = process.extract(wanted, cities, scorer=fuzz.ratio, limit=MOST_SIMILAR, score_cutoff=LEAST_SIMILARITY)
    whole = process.extract(wanted, {name: _plain(name) for name in names}, scorer=fuzz.ratio, limit=MOST_SIMILAR)
    likely = [(score, name) for _text, score, name in [*found, *whole] if score >= LEAST_SIMILARITY]
    return list(dict.fromkeys(name for _score, name in sorted(likely, key=lambda one: (-one[0], one[1]))))[
        :MOST_SIMILAR
    ]


def _plain(text: str) -> str:
    return "_".join(text.replace("_", " ").split()).casefold()


def _city(name: str) -> str:
    return _plain(name.rpartition("/")[2])
