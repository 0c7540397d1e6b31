"""The app package for Teams: built, drawn and checked. Speaks to nobody: the zip is uploaded by a person."""
