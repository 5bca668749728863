type Colour = red | green
