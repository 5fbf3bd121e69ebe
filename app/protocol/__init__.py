"""The wire: every message and every byte, as docs/protocol.md has them. Nothing else knows them.

Control is JSON text both ways; what is drawn goes to the browser as binary frames of typed arrays.
"""

from app.protocol.errors import MAX_PROBLEMS, Code, ProtocolError, Written, dump, finite, spec_error
from app.protocol.fields import MAX_EDITS
from app.protocol.frames import Array, decode, encode, file, quantize
from app.protocol.messages import (
    MODELS,
    READER,
    Ack,
    ChangeRace,
    Control,
    DropEdits,
    EditMessage,
    Export,
    Hello,
    Load,
    Member,
    Message,
    NewStart,
    Pause,
    Ping,
    Place,
    Play,
    Reset,
    Seed,
    Seek,
    Set,
    SetSpeed,
    SetView,
    Step,
    Study,
    ViewMessage,
)
from app.protocol.text import MAX_TEXT, parse

VERSION = 1
TAKEN_OVER, NO_HELLO, OTHER_PROTOCOL, TRY_LATER = 4000, 4001, 4002, 1013
INTERNAL = 1011
"""Close codes."""

__all__ = [
    "INTERNAL",
    "MAX_EDITS",
    "MAX_PROBLEMS",
    "MAX_TEXT",
    "MODELS",
    "NO_HELLO",
    "OTHER_PROTOCOL",
    "READER",
    "TAKEN_OVER",
    "TRY_LATER",
    "VERSION",
    "Ack",
    "Array",
    "ChangeRace",
    "Code",
    "Control",
    "DropEdits",
    "EditMessage",
    "Export",
    "Hello",
    "Load",
    "Member",
    "Message",
    "NewStart",
    "Pause",
    "Ping",
    "Place",
    "Play",
    "ProtocolError",
    "Reset",
    "Seed",
    "Seek",
    "Set",
    "SetSpeed",
    "SetView",
    "Step",
    "Study",
    "ViewMessage",
    "Written",
    "decode",
    "dump",
    "encode",
    "file",
    "finite",
    "parse",
    "quantize",
    "spec_error",
]
