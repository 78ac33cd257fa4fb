"""Parts of the question about one side effect: what to do first, its grade, when it began, what was done."""
