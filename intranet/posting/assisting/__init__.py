"""What the composer asks for while somebody writes: whom to mention, which topic, what it will look like."""
