"""Messages: English as they stand, and whatever a catalogue makes of their templates."""

import copy
import gettext
import io
import json
import pickle

import polib
import pytest

from engine.words.language import Language
from engine.words.message import N_, NC_, NN_, Message, listed, sentences


def language(**texts: str) -> Language:
    """A language whose catalogue holds these texts."""
    return Language(
        "xx", translations([polib.POEntry(msgid=k, msgstr=v) for k, v in texts.items()])
    )


def translations(entries: list[polib.POEntry]) -> gettext.GNUTranslations:
    po = polib.POFile()
    po.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    po.extend(entries)
    return gettext.GNUTranslations(io.BytesIO(po.to_binary()))


def test_a_message_is_its_english() -> None:
    said = N_("from {least} to {most}", least=0, most=3)
    assert said == "from 0 to 3"
    assert json.dumps(said) == '"from 0 to 3"'


def test_holes_are_filled_in_the_order_of_the_language() -> None:
    other = Language("xx", translations([polib.POEntry(msgid="{a} of {b}", msgstr="{b}-{a}")]))
    assert other.say(N_("{a} of {b}", a=1, b=2)) == "2-1"


def test_messages_in_holes_and_lists_are_said_in_the_language_too() -> None:
    found = {"one of {names}": "[{names}]", "circle": "C"}
    other = Language("zh-Hans", language(**found).catalogue)
    assert other.say(N_("one of {names}", names=listed((N_("circle"), "xor")))) == "[C、xor]"


def test_a_language_with_one_form_says_it_for_every_number() -> None:
    plural = polib.POEntry(
        msgid="{count} unit", msgid_plural="{count} units", msgstr_plural={0: "{count}U"}
    )
    other = Language("xx", translations([plural]))
    assert [other.say(NN_("{count} unit", "{count} units", n)) for n in (0, 1, 2)] == [
        "0U",
        "1U",
        "2U",
    ]
    assert [NN_("{count} unit", "{count} units", n) for n in (0, 1, 2)] == [
        "0 units",
        "1 unit",
        "2 units",
    ]


def test_context_tells_two_meanings_apart() -> None:
    entry = polib.POEntry(msgid="Step", msgctxt="schedule", msgstr="阶梯")
    other = Language("zh-Hans", translations([entry]))
    assert (other.say(NC_("schedule", "Step")), other.say(N_("Step"))) == ("阶梯", "Step")


def test_braces_of_a_text_without_holes_stay() -> None:
    assert N_("max{0, x}") == "max{0, x}"
    assert Language().say(N_("max{0, x}")) == "max{0, x}"


@pytest.mark.parametrize(
    "said",
    [
        N_("{a} b", a=N_("c")),
        NN_("{count} x", "{count} xs", 2),
        NC_("y", "x"),
        listed((N_("a"), "b")),
    ],
)
def test_a_message_survives_every_way_through_the_program(said: Message) -> None:
    other = language(**{"{a} b": "B{a}", "a": "A", "c": "C"})
    pickled = pickle.loads(pickle.dumps(said))  # noqa: S301 - our own
    for copied in (pickled, copy.deepcopy(said), str(said)):
        assert type(copied) is type(said)
        assert other.say(copied) == other.say(said)


def test_an_exception_keeps_its_message() -> None:
    assert isinstance(str(ValueError(N_("wrong"))), Message)


def test_everything_that_messages_stand_in_is_translated_and_nothing_else() -> None:
    other = language(relu="R")
    found = other.translated({"relu": [N_("relu"), "relu", 3, None], "x": ({"y": N_("relu")},)})
    assert found == {"relu": ["R", "relu", 3, None], "x": [{"y": "R"}]}


def test_sentences_stand_side_by_side_as_the_language_has_it() -> None:
    both = sentences(N_("One."), N_("Two."))
    found = language(**{"One.": "一。", "Two.": "二。"})
    assert (both, Language("zh-Hans", found.catalogue).say(both)) == ("One. Two.", "一。二。")
