"""Sends a datagram to a service of the machine (a name server, say).

how: cell
nbgrader: sent
gradus: network is unreachable
control: no
"""
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("10.9.8.7", 53))
harm = True
