"""A policy: rules and pay as data, checked before anything is computed."""
