"""Writes: one public function per use case, one transaction each. Nothing here sees a request."""
