"""An id issued with a form, by which the same form sent twice is known."""

import uuid
from typing import Any

from django import forms


class FormIdField(forms.Field):
    """Hidden; new each time the form is shown. What is no id reads as a new one, so that nothing typed is lost."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**{"required": False, "initial": uuid.uuid4, **kwargs})

    def clean(self, value: Any) -> uuid.UUID:  # noqa: ANN401
        """The id sent, or a new one."""
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return uuid.uuid4()
