"""The vocabulary of deeds. Each app declares its verbs once; everything that reads the log asks them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise

ABOUT, THREAD, SPACE, ACTOR, GROUPS = "about", "thread", "space", "actor", "groups"


@dataclass(frozen=True)
class Verb:
    """One kind of deed.

    `text` is the sentence a reader sees, with `{actor}` and `{post}` in it. `tie` is the weight of the tie that
    the deed makes between its actor and the person it is about (0: none). `evidence` says what the deed shows
    about the knowledge of the person it credits (empty: nothing). `tells` names who hears of it: the person it
    is ABOUT, the followers of the THREAD, the followers of the SPACE, the people of the GROUPS that it mentions.
    Who did it hears nothing, unless it tells the ACTOR as well: then the calendar did it in their name.
    `leads_to` is the address that a notice of a deed without post and space opens; `page` names the address that tells
    the whole story and takes the event's `ref`. After a deed that `reshapes`, the posts of the thread stand elsewhere or
    are of another kind, so what is derived from any of them is derived anew.
    """

    name: str
    text: str | Promise
    icon: str
    tie: float = 0.0
    evidence: str = ""
    tells: frozenset[str] = field(default_factory=frozenset)
    leads_to: str = ""
    page: str = ""
    reshapes: bool = False

    @property
    def is_talk(self) -> bool:
        """Whether muting stills it: what colleagues say, and not a duty, a decision or a change of rights."""
        return bool(self.tells & {THREAD, SPACE, GROUPS}) or self.tie > 0


_verbs: dict[str, Verb] = {}


def declare(verb: Verb) -> Verb:
    """Add a verb to the vocabulary; the same name twice is a mistake in the program."""
    if verb.name in _verbs:
        raise ValueError(f"verb {verb.name!r} is declared twice")
    _verbs[verb.name] = verb
    return verb


def verb_named(name: str) -> Verb:
    """The verb called `name`; KeyError when nobody declared it."""
    return _verbs[name]


def all_verbs() -> tuple[Verb, ...]:
    return tuple(_verbs.values())


def names_where(*, tie: bool = False, evidence: bool = False, tells: bool = False) -> list[str]:
    """Names of the verbs that make a tie, give evidence or tell somebody, whichever are asked for."""
    return [
        verb.name
        for verb in _verbs.values()
        if (tie and verb.tie) or (evidence and verb.evidence) or (tells and verb.tells)
    ]
