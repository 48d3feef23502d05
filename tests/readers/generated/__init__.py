"""Exports made from facts, written as departments write them, and held against what csctl reads."""
