-- refused: math is read-only
math.pi = 3
