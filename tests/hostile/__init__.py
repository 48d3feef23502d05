"""What is broken, odd or meant to harm: files and inputs, each with the verdict it must get."""
