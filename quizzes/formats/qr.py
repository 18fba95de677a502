"""QR codes (ISO/IEC 18004) of short texts such as a link, as SVG: byte mode, error correction M, versions 1 to 10."""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce

QUIET = 4
_CHECK_BYTES = (10, 16, 26, 18, 24, 16, 18, 22, 22, 26)
_BLOCKS = (1, 1, 1, 2, 2, 4, 4, 4, 5, 5)
_LEVEL_M = 0
_MASKS: Sequence[Callable[[int, int], int]] = (
    lambda x, y: (x + y) % 2,
    lambda x, y: y % 2,
    lambda x, y: x % 3,
    lambda x, y: (x + y) % 3,
    lambda x, y: (x // 3 + y // 2) % 2,
    lambda x, y: x * y % 2 + x * y % 3,
    lambda x, y: (x * y % 2 + x * y % 3) % 2,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2,
)
_FINDER_LIKE = ([1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1])

Grid = list[list[int]]
Set = Callable[[int, int, int], None]


def qr_svg(text: str) -> str:
    """The code as a square drawing, dark on light whatever the page; empty for more than 213 bytes."""
    grid = qr_grid(text)
    if not grid:
        return ""
    side = len(grid) + 2 * QUIET
    places = ((x + QUIET, y + QUIET) for y, row in enumerate(grid) for x, bit in enumerate(row) if bit)
    dark = "".join(f"M{x} {y}h1v1h-1z" for x, y in places)
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}" aria-hidden="true" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"></path><path fill="#000" d="{dark}"></path></svg>'
    )


def qr_grid(text: str) -> Grid:
    """Rows of 1 for dark and 0 for light, without the quiet zone; empty for more than 213 bytes."""
    data = text.encode()
    version = next((v for v in range(1, 11) if len(data) <= _room(v)), None)
    if version is None:
        return []
    words = _interleaved(_data_words(data, version), version)
    tries = [_drawn(words, version, mask) for mask in range(8)]
    return min(tries, key=_penalty)


def _room(version: int) -> int:
    """The bytes of text that fit: after four bits of mode and the count's 8 or 16."""
    return _data_length(version) - (3 if version >= 10 else 2)


def _data_length(version: int) -> int:
    return _raw_bits(version) // 8 - _CHECK_BYTES[version - 1] * _BLOCKS[version - 1]


def _raw_bits(version: int) -> int:
    bits = (16 * version + 128) * version + 64
    if version >= 2:
        places = version // 7 + 2
        bits -= (25 * places - 10) * places - 55
    return bits - 36 if version >= 7 else bits


def _data_words(data: bytes, version: int) -> list[int]:
    bits = f"0100{len(data):0{16 if version >= 10 else 8}b}" + "".join(f"{byte:08b}" for byte in data)
    bits += "0" * min(4, 8 * _data_length(version) - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    return words + [(0xEC, 0x11)[at % 2] for at in range(_data_length(version) - len(words))]


def _interleaved(words: list[int], version: int) -> list[int]:
    """The words in blocks with their check words, written across the blocks; the last blocks may be one longer."""
    count, checks = _BLOCKS[version - 1], _CHECK_BYTES[version - 1]
    short, longer = divmod(len(words), count)
    blocks, start = [], 0
    for number in range(count):
        end = start + short + (number >= count - longer)
        blocks.append(words[start:end])
        start = end
    divisor = _divisor(checks)
    ends = [_remainder(block, divisor) for block in blocks]
    mixed = [block[at] for at in range(short + 1) for block in blocks if at < len(block)]
    return mixed + [end[at] for at in range(checks) for end in ends]


def _times(a: int, b: int) -> int:
    """The product in the field of 256 elements over 0x11D."""
    product = 0
    for bit in range(7, -1, -1):
        product = (product << 1) ^ ((product >> 7) * 0x11D) ^ ((b >> bit & 1) * a)
    return product


def _divisor(degree: int) -> list[int]:
    """The generator polynomial's coefficients without the leading 1."""
    result, root = [0] * (degree - 1) + [1], 1
    for _step in range(degree):
        result = [_times(value, root) ^ (result[at + 1] if at + 1 < degree else 0) for at, value in enumerate(result)]
        root = _times(root, 2)
    return result


def _remainder(block: Sequence[int], divisor: Sequence[int]) -> list[int]:
    result = [0] * len(divisor)
    for word in block:
        factor = word ^ result[0]
        result = [*result[1:], 0]
        result = [value ^ _times(part, factor) for value, part in zip(result, divisor, strict=True)]
    return result


def _drawn(words: Sequence[int], version: int, mask: int) -> Grid:
    size = 17 + 4 * version
    grid, fixed = [[0] * size for _ in range(size)], [[False] * size for _ in range(size)]

    def put(x: int, y: int, bit: int) -> None:
        grid[y][x], fixed[y][x] = bit, True

    _patterns(put, size, version)
    _format(put, size, mask)
    if version >= 7:
        _version(put, size, version)
    bits = (word >> place & 1 for word in words for place in range(7, -1, -1))
    for x, y in _path(size):
        if not fixed[y][x]:
            grid[y][x] = next(bits, 0) ^ (not _MASKS[mask](x, y))
    return grid


def _patterns(put: Set, size: int, version: int) -> None:
    for at in range(size):
        put(6, at, at % 2 == 0)
        put(at, 6, at % 2 == 0)
    for cx, cy in ((3, 3), (size - 4, 3), (3, size - 4)):
        for x, y in _around(cx, cy, 4):
            if 0 <= x < size and 0 <= y < size:
                put(x, y, max(abs(x - cx), abs(y - cy)) not in (2, 4))
    places = _alignments(size, version)
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    for cx, cy in ((x, y) for x in places for y in places if (x, y) not in corners):
        for x, y in _around(cx, cy, 2):
            put(x, y, max(abs(x - cx), abs(y - cy)) != 1)


def _around(cx: int, cy: int, far: int) -> Iterator[tuple[int, int]]:
    return ((x, y) for y in range(cy - far, cy + far + 1) for x in range(cx - far, cx + far + 1))


def _alignments(size: int, version: int) -> list[int]:
    if version == 1:
        return []
    count = version // 7 + 2
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    return [6, *(size - 7 - at * step for at in range(count - 1))]


def _checked(value: int, generator: int, bits: int) -> int:
    """The value followed by so many check bits."""
    rest = reduce(lambda rest, _step: (rest << 1) ^ ((rest >> (bits - 1)) * generator), range(bits), value)
    return value << bits | rest


def _format(put: Set, size: int, mask: int) -> None:
    bits = _checked(_LEVEL_M << 3 | mask, 0x537, 10) ^ 0x5412
    first = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8)]
    first += [(14 - at, 8) for at in range(9, 15)]
    second = [(size - 1 - at, 8) for at in range(8)] + [(8, size - 15 + at) for at in range(8, 15)]
    for places in (first, second):
        for at, (x, y) in enumerate(places):
            put(x, y, bits >> at & 1)
    put(8, size - 8, 1)


def _version(put: Set, size: int, version: int) -> None:
    bits = _checked(version, 0x1F25, 12)
    for at in range(18):
        a, b = size - 11 + at % 3, at // 3
        put(a, b, bits >> at & 1)
        put(b, a, bits >> at & 1)


def _path(size: int) -> Iterator[tuple[int, int]]:
    """The places of data: pairs of columns from the right, up and down in turn, without the timing column."""
    for pair, right in enumerate(x for x in range(size - 1, 0, -2)):
        column = right if right > 6 else right - 1
        rows = range(size) if pair % 2 else range(size - 1, -1, -1)
        for y in rows:
            yield column, y
            yield column - 1, y


def _penalty(grid: Grid) -> int:
    """How hard a code is to read: runs, blocks, what looks like a corner, unbalanced dark and light."""
    size, lines = len(grid), [*grid, *(list(column) for column in zip(*grid, strict=True))]
    runs = sum(length - 2 for line in lines for length in _runs(line) if length >= 5)
    blocks = sum(
        grid[y][x] == grid[y][x + 1] == grid[y + 1][x] == grid[y + 1][x + 1]
        for y in range(size - 1)
        for x in range(size - 1)
    )
    corners = sum(line[at : at + 11] in _FINDER_LIKE for line in lines for at in range(size - 10))
    dark = sum(map(sum, grid))
    return runs + 3 * blocks + 40 * corners + 10 * (abs(20 * dark - 10 * size * size) // (size * size))


def _runs(line: Sequence[int]) -> Iterator[int]:
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or line[at] != line[start]:
            yield at - start
            start = at
