"""What the bedside asks: side effect, rate, end."""
