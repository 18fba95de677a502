"""How fast answering, drawing and queueing are: `python -m bench`. Nothing here is part of the product."""
