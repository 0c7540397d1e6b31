"""What dev.py hands its work to.

Standard library only, since it runs before anything is installed; the bot never imports it.
"""
