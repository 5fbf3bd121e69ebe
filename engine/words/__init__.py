"""What is said is data, so that it can be said in another language.

Every text that a person reads is marked where it is made, whole, with named holes, and is English itself:

>>> from engine.words import N_, NC_, NN_, lines, listed, sentences
>>> said = N_("one of {names}", names=listed(("relu", "tanh")))
>>> said
'one of relu, tanh'
>>> NN_("{count} unit", "{count} units", 3), NC_("learning rate schedule", "Step")
('3 units', 'Step')
>>> sentences(N_("It stands still."), N_("Lower the rate."))
'It stands still. Lower the rate.'
>>> lines("one", "two").splitlines()
['one', 'two']

It also knows what it was made of. At the edge of the program a language says it again, wherever it stands:

>>> from engine.words import ENGLISH, Language, Message
>>> isinstance(said, Message), said.template
(True, 'one of {names}')
>>> Language("en").say(said), ENGLISH.translated({"allowed": said})
('one of relu, tanh', {'allowed': 'one of relu, tanh'})
"""

from engine.words.language import ENGLISH, Language
from engine.words.message import N_, NC_, NN_, Message, lines, listed, sentences

__all__ = ["ENGLISH", "NC_", "NN_", "N_", "Language", "Message", "lines", "listed", "sentences"]
