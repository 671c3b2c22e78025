"""Connects to a local service through an abstract socket, which is no file.

how: cell
nbgrader: connected
gradus: another network namespace
"""
import socket
connection = socket.socket(socket.AF_UNIX)
connection.connect(ABSTRACT)
harm = connection.recv(5) == b"hello"
