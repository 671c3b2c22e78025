"""What only instructors have: the answer key, the grader and the command line."""
