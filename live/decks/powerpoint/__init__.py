"""Reads a .pptx with python-pptx, and with lxml what that leaves out."""
