"""Opens the server to people: address, certificate, Daphne."""
