"""From canonical tables to figures per agent, and back to the rows behind them."""
