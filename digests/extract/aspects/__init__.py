"""Aspects of an incident that accounts differ in: the answers of tables, causes, and who denies the deed."""
