"""Tests of what scores rest on."""
