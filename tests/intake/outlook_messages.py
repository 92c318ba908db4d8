"""Messages as Outlook saves them (MS-OXMSG in MS-CFB), written in the tests from the specifications."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL_SECTOR, SMALL = 512, 64, 4096
Tree = Mapping[str, "bytes | Tree"]


@dataclass(frozen=True)
class Message:
    """What is to be saved: the letters of `codepage`, where there is one, else of Unicode."""

    text: str = ""
    sender: str = "Anna Ek"
    subject: str = "SV: Formulär"
    files: Sequence[tuple[str, bytes]] = ()
    messages: Sequence[tuple[str, "Message"]] = ()
    html: str = ""
    codepage: str = ""
    pictures: Sequence[tuple[str, bytes]] = ()
    links: Sequence[str] = ()
    more: Tree = field(default_factory=dict)


def saved(message: Message) -> bytes:
    """The bytes of the file."""
    return compound(storage(message, 32))


def storage(message: Message, head: int) -> Tree:
    """A message's streams and storages."""
    own: dict[str, bytes | Tree] = {}
    own |= text("0037", message.subject, message.codepage)
    own |= text("0C1A", message.sender, message.codepage)
    if message.text:
        own |= text("1000", message.text, message.codepage)
    if message.html:
        own["__substg1.0_10130102"] = message.html.encode("cp1252")
    numbers = {0x3FFD0003: int(message.codepage[2:])} if message.codepage else {}
    if message.html:
        numbers[0x3FDE0003] = 1252
    own["__properties_version1.0"] = properties(head, numbers)
    attached: list[Tree] = []
    for name, data in message.files:
        attached.append(attachment(name, {"__substg1.0_37010102": data}, message.codepage, 1))
    for name, data in message.pictures:
        picture = {"__substg1.0_37010102": data} | text("3712", "image001@01", "")
        attached.append(attachment(name, picture, message.codepage, 1))
    attached += [attachment(name, {}, message.codepage, 7) for name in message.links]
    for name, inner in message.messages:
        data_ = {"__substg1.0_3701000D": storage(inner, 24)}
        attached.append(attachment(name, data_, message.codepage, 5, shown_only=True))
    own |= {f"__attach_version1.0_#{at:08X}": tree for at, tree in enumerate(attached)}
    return {**own, **message.more}


def attachment(
    name: str, data: Tree, codepage: str, method: int, *, shown_only: bool = False
) -> Tree:
    """An attachment's storage."""
    names = text("3001", name, codepage)
    if name and not shown_only:
        names |= text("3707", name, codepage) | text("3704", f"{name[:6].upper()}~1.XLS", codepage)
    return {**names, **data, "__properties_version1.0": properties(8, {0x37050003: method})}


def text(number: str, words: str, codepage: str) -> dict[str, bytes | Tree]:
    """The stream of a text."""
    kind, coding = ("001E", codepage) if codepage else ("001F", "utf-16-le")
    return {f"__substg1.0_{number}{kind}": words.encode(coding)}


def properties(head: int, numbers: Mapping[int, int]) -> bytes:
    """The stream of the properties that are numbers."""
    return bytes(head) + b"".join(
        struct.pack("<IIII", tag, 6, value, 0) for tag, value in numbers.items()
    )


def compound(tree: Tree) -> bytes:  # noqa: C901  one part of the file after the other
    """A compound file with these streams and storages."""
    names, kinds, below, datas = ["Root Entry"], [5], [FREE], [b""]
    right: dict[int, int] = {}

    def put(inner: Tree, parent: int) -> None:
        before = None
        for name, content in inner.items():
            number = len(names)
            names.append(name)
            kinds.append(2 if isinstance(content, bytes) else 1)
            below.append(FREE)
            datas.append(content if isinstance(content, bytes) else b"")
            if before is None:
                below[parent] = number
            else:
                right[before] = number
            before = number
            if not isinstance(content, bytes):
                put(content, number)

    put(tree, 0)
    table: list[int] = []
    body = bytearray()

    def sectors(data: bytes) -> int:
        if not data:
            return END
        first, count = len(table), -(-len(data) // SECTOR)
        table.extend([*range(first + 1, first + count), END])
        body.extend(data.ljust(count * SECTOR, b"\0"))
        return first

    small, small_table = bytearray(), list[int]()
    starts = [END] * len(names)
    for number, data in enumerate(datas):
        if len(data) >= SMALL:
            starts[number] = sectors(data)
        elif data:
            first, count = len(small_table), -(-len(data) // SMALL_SECTOR)
            starts[number] = first
            small_table.extend([*range(first + 1, first + count), END])
            small.extend(data.ljust(count * SMALL_SECTOR, b"\0"))
    starts[0], datas[0] = sectors(bytes(small)), bytes(small)
    listed = struct.pack(f"<{len(small_table)}I", *small_table)
    small_first = sectors(listed.ljust(-(-len(listed) // SECTOR) * SECTOR, b"\xff"))
    directory = b"".join(
        entry(names[n], kinds[n], right.get(n, FREE), below[n], starts[n], len(datas[n]))
        for n in range(len(names))
    )
    at_directory = sectors(directory)
    count = 1
    while (len(table) + count) * 4 > count * SECTOR:
        count += 1
    at_table = len(table)
    table += [TABLE] * count
    body += struct.pack(f"<{len(table)}I", *table).ljust(count * SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, count, at_directory, 0, SMALL, small_first,
                        -(-len(listed) // SECTOR), END, 0)  # fmt: skip
    assert count <= 109
    head += struct.pack(f"<{count}I", *range(at_table, at_table + count)).ljust(436, b"\xff")
    return head + bytes(body)


def entry(name: str, kind: int, right: int, below: int, start: int, size: int) -> bytes:
    """An entry of the directory."""
    coded = name.encode("utf-16-le")
    around = struct.pack("<HBBIII", len(coded) + 2, kind, 1, FREE, right, below)
    return coded.ljust(64, b"\0") + around + bytes(36) + struct.pack("<IQ", start, size)
