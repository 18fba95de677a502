"""The site as a server has it that has run for a while: the questions of every deck worked out."""

from django.db import connections

from calcquiz.wsgi import application
from quizzes.selectors.content.decks import warm_up

__all__ = ["application"]

warm_up()
connections.close_all()
