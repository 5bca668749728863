type Colour Red | Green
