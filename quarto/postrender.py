"""Quarto runs this after it rendered: it keeps the site, or puts back what nothing changed."""

from typology.cli.postrender import main

main()
