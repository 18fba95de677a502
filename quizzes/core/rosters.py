"""Lists of students as tables: columns recognised, rows matched."""
