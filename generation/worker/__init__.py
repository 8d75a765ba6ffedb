"""The processes beside the server in which engines think and voices sing."""
