"""Questions for a section nobody tuned, from its nouns and the name of the column of descriptions."""

from quizzes.core.specs import Direction


def wording_for(*, language: str, noun: str, noun_plural: str, description: str = "") -> dict[str, str]:
    """Direction -> question. `description` names the column of descriptions where that says something, else empty."""
    asked = f"What is the {description} of {{term}}?" if description else "Which description fits {term}?"
    given = f"has the {description} {{purpose}}" if description else "fits this description: {purpose}"
    return {
        Direction.TERM_TO_PURPOSE.value: asked,
        Direction.PURPOSE_TO_TERM.value: f"Which {{noun}} {given}?",
        Direction.CONDITION_TO_TERM.value: "Which {noun} is meant for this case: {condition}?",
        Direction.TERM_TO_EXAMPLE.value: "What is an example of {term}?",
        Direction.EXAMPLE_TO_TERM.value: "{example} is an example of which {noun}?",
        Direction.MEMBERSHIP.value: "Which of these is one of the {noun_plural}?",
        Direction.NOT_MEMBER.value: "Which of these is NOT one of the {noun_plural}?",
    }
