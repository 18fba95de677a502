"""The experiments on memory, with simulated people: what `--memory` asks for. They need no database."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from django.core.management.base import OutputWrapper

from bench import report_memory
from bench.class_knowledge import compare_classes
from bench.memory_choices import compare_choices
from bench.memory_models import compare_models
from bench.review_logs import write_log
from bench.students import KINDS
from bench.studying import Plan, study_alone
from quizzes.management.progress import Bar

EXPERIMENTS: dict[str, tuple[Callable[..., dict[str, Any]], Callable[[dict[str, Any]], str], int]] = {
    "models": (compare_models, report_memory.models, 3),
    "choices": (compare_choices, report_memory.choices, 24),
    "class": (compare_classes, report_memory.classes, 2),
}
"""Name to what measures, what prints, and how many people of each kind there are unless said otherwise."""
LOG = "log"


def run_memory(arguments: argparse.Namespace) -> None:
    """Print what `--memory` asks for."""
    kinds, plan = arguments.kind or list(KINDS), Plan(days=arguments.days)
    if arguments.memory == LOG:
        write_log(study_alone(KINDS[kinds[0]], plan, arguments.cards, arguments.seed), sys.stdout)
        return
    measure, told, usual = EXPERIMENTS[arguments.memory]
    bar = Bar(OutputWrapper(sys.stderr))
    people = arguments.people or usual
    figures = measure(kinds=kinds, people=people, cards=arguments.cards, plan=plan, tell=bar.tell)
    bar.end()
    print(json.dumps(figures, indent=2) if arguments.json else told(figures))
