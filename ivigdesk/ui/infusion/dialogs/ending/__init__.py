"""Parts of the question how a dose ended: reasons, amounts, what is missing, what comes next."""
