"""Connects to a local service through a socket file.

how: cell
nbgrader: connected
gradus: no such file
"""
import socket
connection = socket.socket(socket.AF_UNIX)
connection.connect(SOCKET)
harm = connection.recv(5) == b"hello"
