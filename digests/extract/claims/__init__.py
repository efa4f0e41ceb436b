"""Claims: who gives a figure, by the words around it, and the name behind those words."""
