"""Tests of one month beside another."""
