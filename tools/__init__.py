"""What the project is made and proven with; none of it ships."""
