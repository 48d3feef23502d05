"""Why a number is what it is, what a policy says, which rule stands where."""
