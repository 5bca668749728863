let text = string 3
