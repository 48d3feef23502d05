"""How pay is made: a file for each component, and the plan that holds them."""
