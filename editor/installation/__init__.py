"""Sets the checkout up: standard library only, since nothing is installed yet when it runs."""
