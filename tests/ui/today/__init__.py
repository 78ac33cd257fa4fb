"""Pages, one folder each as in the program."""
