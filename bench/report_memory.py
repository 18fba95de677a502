"""The figures of the experiments on memory as text."""

from collections.abc import Mapping
from typing import Any

SOURCES = {
    "published": "the scheduler's own memory with the published parameters",
    "flashcards": "parameters fitted to flashcards",
    "choices": "parameters fitted to the choices themselves",
}


def models(figures: Mapping[str, Any]) -> str:
    """A table per kind of people, and one of all."""
    head = f"Each studies {figures['cards']} cards for {figures['days']} days; means over people."
    return "\n\n".join([head, *(_kind(name, one) for name, one in figures["kinds"].items())])


def _kind(name: str, figures: Mapping[str, Any]) -> str:
    title = f"{name} ({figures['people']} people, {figures['tested']:,} reviews tested)"
    lines = [title, f"{'':18}{'log loss':>10}{'RMSE(bins)':>12}{'AUC':>7}   better than fitted in log loss, RMSE"]
    for model, one in figures["models"].items():
        measures = f"{one['log_loss']:>10.4f}{one['rmse_bins']:>12.4f}{one['auc']:>7.3f}"
        lines.append(f"{model:18}{measures}{one['beats_in_log_loss']:>13}{one['beats_in_rmse_bins']:>5}")
    return "\n".join(lines)


def choices(figures: Mapping[str, Any]) -> str:
    """A table per kind of people and source of parameters."""
    head = (
        f"{figures['people']} people of each kind, {figures['cards']} cards, {figures['days']} days, desired "
        f"retention {figures['target']:.2f}.\nTrue recall is of reviews on the day chosen, ± standard error; "
        "mature: after 21 days or more."
    )
    tables = [
        _choices(f"{kind}, {SOURCES[source]}", rows)
        for kind, sources in figures["kinds"].items()
        for source, rows in sources.items()
    ]
    return "\n\n".join([head, *tables])


def _choices(title: str, rows: Mapping[int, Mapping[str, float]]) -> str:
    lines = [
        title,
        f"{'options':>8}{'mature':>16}{'against none':>16}{'all':>16}{'reviews':>9}{'more':>8}{'answers':>9}",
    ]
    for options, one in rows.items():
        lines.append(
            f"{options or 'none':>8}{_with_error(one, 'mature'):>16}{_with_error(one, 'mature_apart', '+'):>16}"
            f"{_with_error(one, 'at_review'):>16}{one['reviews']:>9.0f}{one['more_reviews']:>+8.1%}"
            f"{one['more_answers']:>+9.1%}"
        )
    return "\n".join(lines)


def _with_error(row: Mapping[str, float], name: str, sign: str = "") -> str:
    return f"{row[name]:{sign}.4f} ±{row[f'{name}_se']:.4f}"


def classes(figures: Mapping[str, Any]) -> str:
    """A table per kind of people and source of parameters."""
    head = (
        f"{figures['classes']} classes of each kind: {figures['new']} new students' first {figures['days']} days with "
        f"{figures['cards']} cards,\nfrom what so many earlier students showed. The same answers are those "
        "to the usual schedule."
    )
    tables = [
        _classes(f"{kind}, parameters: {source}", rows)
        for kind, sources in figures["kinds"].items()
        for source, rows in sources.items()
    ]
    return "\n\n".join([head, *tables])


def _classes(title: str, rows: Mapping[int, Mapping[str, float]]) -> str:
    lines = [
        title,
        f"{'':>8}{'the same answers':>27}{'scheduled by it':>27}{'forgotten at':>14}{'true recall':>13}",
        f"{'earlier':>8}{'log loss':>10}{'RMSE':>9}{'AUC':>8}{'log loss':>10}{'RMSE':>9}{'AUC':>8}"
        f"{'first review':>14}{'apart (SD)':>13}{'answers':>9}",
    ]
    for earlier, one in rows.items():
        measures = "".join(
            f"{one[f'{which}_log_loss']:>10.4f}{one[f'{which}_rmse_bins']:>9.4f}{one[f'{which}_auc']:>8.3f}"
            for which in ("same", "own")
        )
        told = f"{one['forgotten_first']:>14.1%}{one['apart_first']:>13.3f}{one['answers']:>9.0f}"
        lines.append(f"{earlier or 'none':>8}{measures}{told}")
    return "\n".join(lines)
