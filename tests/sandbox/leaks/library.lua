-- refused: string is read-only
string.rep = nil
