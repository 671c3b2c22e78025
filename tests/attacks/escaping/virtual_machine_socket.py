"""Makes a socket that leads out of a virtual machine, past network namespaces.

how: cell
nbgrader: made
gradus: address family not supported
control: no
"""
import socket
socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
harm = True
