"""What is hidden where so few are behind a count that it could point at somebody."""

FEW = 5  # phones; the count of a smaller group could point at somebody


def hidden_places(counts: list[int]) -> set[int]:
    """
    Indexes of *counts* that must be hidden: the small ones. If there is only one, the next smallest too, because the
    total would give the first one away.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < FEW}
    if len(hidden) == 1 and (others := [place for place, count in enumerate(counts) if count >= FEW]):
        hidden.add(min(others, key=lambda place: counts[place]))
    return hidden


def hidden_cells(table: list[list[int]]) -> set[tuple[int, int]]:
    """
    Row and column of the cells of *table* that must be hidden: the small ones, and others until no row and no column
    has exactly one, which its total would give away. A 0 is hidden where there is nothing else to hide.
    """
    every = [(row, column) for row, cells in enumerate(table) for column in range(len(cells))]
    hidden = {(row, column) for row, column in every if 0 < table[row][column] < FEW}
    lines = [[cell for cell in every if cell[axis] == n] for axis in (0, 1) for n in range(len(table))]
    while alone := next((line for line in lines if len(hidden.intersection(line)) == 1 < len(line)), None):
        others = [cell for cell in alone if cell not in hidden]
        hidden.add(min(others, key=lambda cell: (not table[cell[0]][cell[1]], table[cell[0]][cell[1]], cell)))
    return hidden
