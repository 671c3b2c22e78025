"""Opens a connection to the outside.

how: cell
nbgrader: connected, where the machine is
gradus: no network
"""
import socket
connection = socket.create_connection(("127.0.0.1", PORT), timeout=2)
harm = connection.recv(5) == b"hello"
