"""Views as pictures: SVG with the same content as text. Draws; never decides, stores, or reads a catalogue."""
