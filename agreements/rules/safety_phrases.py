"""Phrases that free text must not hold (H6-H12, H22, H26, H28), and some that it must (H12, H20, H24, H25).

The lists are humble: short, whole words, one sentence at a time. They miss much and at times ask without need; what
carries the load is the box itself and its last line. A language without a list is read with the English one, and is
asked for no phrase it could not have.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ENGLISH = "en"
NEXT = r"(?:\W+\w+)"
SELF = r"(?:my|your|him|her|them)sel\w+"
LONGER = r"(?:any ?(?:more|longer)|much longer|like this)"
LAST = (  # the thought ends here: "not be here" is one about dying, "not be here on Tuesday" is not
    rf"(?=\W*$| ?[^\w\s]| (?:{LONGER}|at all|again|and|or|then|so|please|i|we"
    r"|text|message|write|send|wait|hold|leave|call)(?!\w))"
)
NEGATED = rf"(?:(?:no longer|not|\w+n't) wants? to live|not safe{LAST})"
CRISIS = (
    rf"(?:suicid\w*|kill(?:ing)? {SELF}|end(?:ing)? (?:it all|(?:my|your) life)|(?:wants?|wish(?:es)?|plans?) to die"
    rf"|(?:like|of|about) dying|{NEGATED}|took (?:\w+ )?pills"
    rf"|(?:hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?) {SELF}|self[- ]?harm\w*|overdos\w*"
    r"|danger\w*|cris[ie]s|emergenc\w+|unsafe|about to act|911|988|999|112)"
)
WISH = r"(?:want|wish|feel|think|thought|dream|plan)\w*(?: (?:just|only|really|all|\w+ly))? (?:to|of|about|like)"
CANNOT = r"(?:cannot|can not|can't|could not|couldn't|(?:not|\w+n't) able to)"
HIDDEN = (  # the same, said softly
    rf"(?:{WISH} (?:just )?(?:disappear|vanish)(?:ing)?|{WISH} be(?:ing)? (?:gone|dead)"
    rf"|(?:{WISH}|want\w*|wish\w*|rather) (?:not|never) (?:to )?(?:be(?:ing)? (?:here|around|alive)|exist\w*){LAST}"
    rf"|(?:not|no longer|\w+n't) (?:want|wish)\w* to (?:be here|be around|be alive|exist|wake up|go on|carry on){LAST}"
    rf"|never wak(?:e|ing) up{LAST}|(?:cannot|can't|not|\w+n't) (?:keep|stay|feel)(?: {SELF})? safe{LAST}"
    rf"|{CANNOT} (?:go on|carry on){LAST}|{CANNOT} (?:cope|(?:take|bear|stand) (?:it|this|life)) {LONGER}"
    r"|(?:life|living|everything|it all|the pain)(?: \w+){0,2} (?:unbearable|hopeless|pointless|too much to bear)"
    rf"|(?:not|\w+n't|no longer)(?: \w+)? worth living|(?:lost|losing) (?:all )?hope{LAST}|the will to live"
    r"|(?:giv(?:e|es|ing) up on|tired of) (?:life|living)|better off (?:dead|gone|without (?:me|you|him|her|them))"
    rf"|(?:no (?:other )?|(?:not|\w+n't) see (?:a|any) )way out{LAST}|do(?:ing)? something to {SELF}"
    rf"|(?:the|my|your) darkest|(?:at|on|over) the (?:edge|brink){LAST})"
)
ENDING = rf"(?:{WISH} (?:\w+ )?end(?:ing)? (?:it|things|everything){LAST})"  # of life, where nobody says what else
OURS = r"(?:(?:one|either|any|both) of us|either|both|we (?:\w+ )?(?:want|wish|feel|think)|together|kindly)"
TEXTING = (
    r"(?:text(?:s|ed|ing)?|messag(?:e|es|ing)|e-?mail(?:s|ing)?|sms|whatsapp|drops? (?:me|us) a (?:line|note)"
    r"|writ(?:e|es|ing) to (?:me|us|you|dr\.? \w+))"
)
VOICEMAIL = r"(?:voice[ -]?mails?|answering[ -]machine|answer-?phone)"
WAITING = (
    r"(?:wait(?:s|ing)?|hold(?:s|ing)? (?:off|on(?! to\b))|hang (?:on(?! to\b)|in there)|sit tight|sleep on it"
    r"|after breakfast|in the (?:\w+ )?(?:morning|session)"
    r"|(?:until|till) (?:\w+ ){0,2}(?:morning|session|appointment|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day))"
)
CHARGING = r"(?:fees?|charge[ds]?|costs?|pays?|paid|bill(?:s|ed)?|invoice\w*|[$€£] ?\d+)"
CAPPING = (
    r"(?:counts? (?:as|to|toward)\w*|cap|quota|weekly limit|quiet hours"
    r"|limited to|at most|only (?:after|before|between|during))"
)
STEPS = r"crisis (?:steps?|box|lines?)"
WITHOUT_LAST = r"(?:not|never|no|nobody|nor|\w+n't)"  # "without" is no refusal where the notice is what lacks
NO = r"(?:not|never|no|nor|nobody|nothing|none|without|free|\w+n't)"
NOT_TO = r"(?:do not|don't|never|no need to|not to|instead of|rather than|before|without)"
CALLING = r"(?:call(?:s|ing)?|ring(?:ing)?|phon(?:e|ing)|dial(?:ling|ing)?|go(?:ing)? to)"
HELP = (
    r"(?:911|988|999|112|nine[- ](?:one[- ]one|eight[- ]eight|eleven)|emergenc\w+|ambulance|hospital|police|crisis"
    r"|the line|(?:hot|help|life)line)"
)
HARM = rf"(?:die|self[- ]?harm\w*|(?:kill|hurt|harm|cut) {SELF}|end (?:my|your) life|attempt suicide)"
LINE = r"(?:988|741741|85258|1737|911|999|114|(?:the|a) (?:crisis |hot|help|life)?line)"
ANSWERING = r"(?:repl\w+|answers?|respond\w*|(?:texts?|writes?|hear) back)"
WHOLLY = r"(?:completely|totally|absolutely|fully|entirely|100 ?%|always)"
RIGHTS = r"(?:complain\w*|sue|(?:make|file|bring) (?:a|any) (?:complaint|claim)|report (?:you|dr|the therapist))"
CHANGING = r"(?:chang(?:e|es|ed|ing)|stop(?:s|ping)?|ends?|cuts?|lowers?|tighten(?:s|ed)?|new|sort out)"
LIMITS = r"(?:limits?|rules?|cap|agreement|how often|(?:number|amount) of texts|texting)"
SELF_HARM = rf"(?:self[- ]?harm\w*|(?:hurt|harm|harmed|cut) {SELF}|overdos\w*|suicide attempt|attempt\w* suicide)"
COACHING = r"(?:coaching|skills? (?:help|calls?|texts?)|texting|texts?|calls?)"
LONG = r"(?:\d+|twenty-four|forty-eight)[- ]hours?|(?:a|one|two|three) (?:full )?days?"
RESTING = rf"(?:waits?|rests?|pauses?d?|stops?|no|not|off|break) *(?:{NEXT}{{0,5}}\W+)?(?:{LONG})"


@dataclass(frozen=True)
class Phrase:
    """A sentence holds the phrase when every pattern of `all_of` is in it and `unless` is not.

    `unless` does not see what `aside` takes out of the sentence.
    """

    all_of: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None = None
    aside: re.Pattern[str] | None = None

    def is_in(self, sentence: str) -> bool:
        """Whether a plain sentence (see `plain`) holds it."""
        for pattern in self.all_of:  # said plainly: this is asked a thousand times for a page
            if not pattern.search(sentence):
                return False
        rest = self.aside.sub(";", sentence) if self.aside else sentence
        return not (self.unless and self.unless.search(rest))


def phrase(*all_of: str, unless: str = "", aside: str = "") -> Phrase:
    """Patterns of whole words."""
    return Phrase(tuple(map(_words, all_of)), _words(unless) if unless else None, _words(aside) if aside else None)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def _sends_elsewhere(danger: str, but: str = "(?!)") -> tuple[Phrase, ...]:
    """Danger, and a text, waiting or a voicemail in one sentence. A "not" inside the danger refuses nothing."""
    soft = rf"{NEGATED}|{HIDDEN}"
    no_text = rf"{but}|{NO}{NEXT}{{0,2}}\W+{TEXTING}"
    other = (
        rf"(?:instead of|rather than) {TEXTING}|{TEXTING}{NEXT}{{0,2}}\W+{NO}|{TEXTING} (?:\w+ to )?{LINE}"
        rf"|{TEXTING} (?:stops?|rests?|pauses?|waits?)"
    )
    no_wait = rf"{but}|{NO}{NEXT}{{0,2}}\W+{WAITING}|(?:coaching|{TEXTING}) (?:\w+ )?waits?"
    return (
        phrase(danger, TEXTING, unless=f"{no_text}|{other}", aside=soft),
        phrase(danger, rf"{TEXTING}{NEXT}{{0,3}}\W+(?:first|before)", unless=no_text, aside=soft),
        phrase(danger, rf"(?:hesitate|forget|afraid) to (?:\w+ )?{TEXTING}"),
        phrase(danger, WAITING, unless=no_wait, aside=soft),
        phrase(danger, VOICEMAIL, unless=rf"{but}|{NO}{NEXT}{{0,3}}\W+(?:{VOICEMAIL}|waits?)", aside=soft),
    )


def _never_waits(what: str) -> str:
    """Words for: this goes on at once, also while coaching rests."""
    waiting = r"(?:waits?|rests?|stops?|pauses?)"
    return (
        rf"(?:{what}){NEXT}{{0,8}}\W+(?:never|not|\w+n't)(?: \w+)? {waiting}"
        rf"|(?:never|not|\w+n't) (?:\w+ )?(?:for|delays?|holds? up|stops?|touch\w*){NEXT}{{0,10}}\W+(?:{what})"
    )


REPAIR = _never_waits(r"repair\w*|mak(?:e|ing) up|sort(?:ing)? (?:it|things) out")
WARNS = frozenset({"H22", "H26"})  # both see it and may go on; all others stop signing
RESTS: dict[str, tuple[Phrase, Phrase]] = {
    ENGLISH: (
        phrase(COACHING, RESTING, unless=r"(?:not|never|\w+n't) (?:waits?|rests?|pauses?|stops?)"),
        phrase(SELF_HARM),
    )
}
NO_HELP = (  # a way that leads off from help
    phrase(rf"{NOT_TO} (?:\w+ )?{CALLING}{NEXT}{{0,5}}\W+{HELP}"),
    phrase(HELP, rf"only{NEXT}{{0,1}}\W+(?:call|ring|phone|dial|go to){NEXT}{{0,6}}\W+(?:if|after|when|once)"),
    phrase(rf"{CALLING}{NEXT}{{0,4}}\W+{HELP}{NEXT}{{0,2}}\W+only (?:if|after|when|once)"),
)
REFUSED: dict[str, dict[str, tuple[Phrase, ...]]] = {
    ENGLISH: {
        "H6": (
            phrase(CRISIS, CHARGING, unless=NO),
            phrase(CRISIS, CAPPING, unless=NO),
            phrase(rf"{STEPS}|(?:crisis|emergency) calls?", r"(?:after|for|within) (?:24|48) hours", unless=NO),
            phrase(rf"{STEPS} (?:waits?|pauses?|stops?|(?:is|are) (?:off|closed))", unless=NO),
            phrase(r"no (?:crisis|emergency|suicid\w+) (?:calls?|steps?) (?:at|after|before|during|on|while|until|in)"),
        ),
        "H7": (
            *_sends_elsewhere(rf"{CRISIS}|{HIDDEN}"),
            *_sends_elsewhere(ENDING, but=OURS),
            phrase(
                rf"(?:suicid\w*|cris[ie]s|emergenc\w+|danger\w*|{HIDDEN})",
                rf"(?:bring|keep|save|leave|only){NEXT}{{0,5}}\W+sessions?|sessions? only",
                unless=rf"{NO}{NEXT}{{0,2}}\W+(?:bring|keep|save|leave)",
            ),
            *NO_HELP,
        ),
        "H8": (
            phrase(
                rf"(?:promis\w*|swear|vow|commit|agree|contract){NEXT}{{0,6}}\W+(?:(?:not|never)(?: to)?|won't) {HARM}",
                unless=rf"{NO}{NEXT}{{0,1}}\W+(?:promise|contract)",
            ),
            phrase(
                rf"(?:promis\w*|swear|vow|agree){NEXT}{{0,4}}\W+(?:stay|keep|be|remain)(?: {SELF})? (?:safe|alive)",
                unless=rf"{NO}{NEXT}{{0,1}}\W+promise",
            ),
            phrase(rf"(?:(?:will|shall) (?:not|never)|won't) {HARM}"),
            phrase(r"no[- ](?:suicide|harm|self[- ]harm) (?:contract|agreement|pact)|contract for safety"),
            phrase(rf"if{NEXT}{{1,3}}\W+{HARM}", r"stops?|ends?|lose|over|no more", TEXTING),
            phrase(rf"(?:will|shall|must) (?:stay|remain|keep)(?: {SELF})? (?:safe|alive)", unless=NO),
            phrase(
                r"(?:only if|as long as|on condition|in (?:return|exchange))",
                rf"(?:stays?|am|is|are|keep\w*) (?:safe|alive)|{HARM}",
                TEXTING,
            ),
            phrase(rf"no more text(?:s|ing) (?:after|if|when){NEXT}{{0,4}}\W+{SELF_HARM}"),
        ),
        "H9": (
            phrase(r"guarantee\w*|24 ?/ ?7|around the clock|(?:all )?day and night|day or night", unless=rf"{NO}|line"),
            phrase(rf"(?:always|no matter what){NEXT}{{0,2}}\W+(?:{ANSWERING}|there|available|reachable)", unless=NO),
            phrase(rf"promis\w+{NEXT}{{0,4}}\W+{ANSWERING}", unless=NO),
            phrase(rf"(?:count|rely) on{NEXT}{{0,3}}\W+{ANSWERING}", unless=NO),
            phrase(r"(?:available|reachable|there) (?:at )?(?:all times|any ?time|always)", unless=NO),
            phrase(rf"never miss(?:es)?{NEXT}{{0,2}}\W+{TEXTING}"),
        ),
        "H10": (
            phrase(r"(?:texts?|messages?)(?: \w+){0,3} (?:monitored|watched)", unless=NO),
            phrase(r"(?:reads?|sees?|watch(?:es)?)(?: \w+){0,4} (?:live|all (?:day|night)|all the time)", unless=NO),
            phrase(rf"(?:keeps? an eye on|monitors?|watch(?:es|ing)?){NEXT}{{0,3}}\W+(?:{TEXTING}|line)", unless=NO),
            phrase(r"(?:program|app|system|software) (?:alerts?|warns?|notifies|watches)", unless=NO),
            phrase(r"(?:mood|risk|safety|danger) scores?", unless=NO),
        ),
        "H11": (
            phrase(r"waives?|waiver", unless=NO),
            phrase(r"gives? up (?:my|your|the|any|all|our|his|her|their) (?:\w+ )?rights?", unless=NO),
            phrase(rf"(?:not|never|cannot|can't|won't) (?:to )?(?:\w+ )?{RIGHTS}", unless=r"whether or not"),
            phrase(r"(?:not|never|cannot|can't)(?: \w+){0,2} held (?:responsible|accountable)"),
            phrase(r"(?:not|never|cannot|can't) (?:leave|stop|end|quit) (?:therapy|treatment)"),
            phrase(r"no (?:lawsuits?|complaints? (?:about|against|to))"),
            phrase(r"(?:not|never) (?:be )?liable|no liability|hold\w* harmless|releases?(?: \w+){1,4} from liability"),
            phrase(r"(?:not|never|cannot|can't) (?:\w+ )?(?:see|ask for|ask to see|get) (?:the|my|your|any) records?"),
        ),
        "H12": (
            phrase(
                rf"{WHOLLY} (?:private|confidential|secret|secure)",
                unless=rf"(?:not|never|\w+n't)(?: \w+)? {WHOLLY}",
            ),
            phrase(r"(?:nobody|no one|no-one) (?:else )?(?:will|can|could) (?:ever )?(?:see|read|know|find)"),
            phrase(r"(?:strictly|stays?|only|just) between (?:us|the two of us|you and me)", unless=NO),
            phrase(r"(?:will|can) never (?:be )?(?:shared|told|shown|passed on|share|tell|show)"),
        ),
        "H22": (
            phrase(LIMITS, CHANGING, r"(?:by|in a|over|via) (?:text|message|e-?mail)", unless=WITHOUT_LAST),
            phrase(LIMITS, CHANGING, r"(?:at|by) the door|in passing|on the way out", unless=WITHOUT_LAST),
            phrase(CHANGING, r"without (?:any |a )?(?:notice|warning|word)", unless=WITHOUT_LAST),
            phrase(rf"(?:dr\.? \w+|therapist|i) (?:can|may|might){NEXT}{{0,1}}\W+{CHANGING}{NEXT}{{0,5}}\W+any ?time"),
        ),
        "H26": (
            phrase(r"punish\w*|penalt\w+|privileges?|abus(?:e|ing) (?:the )?text\w*"),
            phrase(r"(?:lose|loses|earn|earns) (?:\w+ )?(?:right|texting|texts)|(?:taken|take it|take this) away"),
            phrase(r"(?:for|after) (?:bad|poor|rude) (?:behaviou?r|conduct)|misbehav\w*"),
        ),
        "H28": (
            phrase(r"risk assessment|assess(?:es)? (?:\w+ )?risk|diagnos\w+|clinically proven|proven to", unless=NO),
            phrase(r"(?:is|are|as) (?:a|an|our|your) (?:\w+ )?(?:crisis|emergency) (?:service|line)", unless=NO),
            phrase(
                r"(?:text(?:s|ing)|this agreement) (?:is|are|will)?(?: \w+)? ?"
                r"(?:treatment|treats? \w+|cures?|prevents? \w+|keeps? \w+ (?:safe )?from \w+)",
                unless=NO,
            ),
        ),
    }
}
ASKED: dict[str, dict[str, Phrase]] = {
    ENGLISH: {
        "H12": phrase(r"laws?|legal\w*|courts?"),
        "H20": phrase(r"sees?|seen|reads?|show[ns]?|shares?|shared|looks?"),
        "H24": phrase(
            _never_waits(STEPS), _never_waits("care|hospital|doctor") + r"|care first|first[^.]*care", REPAIR
        ),
        "H25": phrase(r"fees?|costs?|charge[ds]?|free|pays?|bill(?:s|ed)?"),
    }
}


def plain(text: str) -> str:
    """Text made comparable: compatibility forms, lower case, straight apostrophes, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return " ".join(folded.split())


def sentences(text: str) -> list[str]:
    """The sentences of a text. A question mark ends none: "In danger? Text me" is one thought."""
    return [piece.strip() for piece in re.split(r"(?<=[.!])\s+|\n+", text) if piece.strip()]


def refused(rule: str, language: str, text: str) -> list[str]:
    """The sentences of `text` that hold a phrase this rule refuses."""
    phrases = REFUSED.get(language, REFUSED[ENGLISH])[rule]
    compared = ((sentence, plain(sentence)) for sentence in sentences(text))
    return [sentence for sentence, folded in compared if any(one.is_in(folded) for one in phrases)]


def lacks(rule: str, language: str, text: str) -> bool:
    """Whether `text` lacks what this rule asks for. Never true in a language without a list."""
    asked = ASKED.get(language, {}).get(rule)
    return asked is not None and not asked.is_in(plain(text))


def rests(language: str, text: str, *, coaching: bool = False) -> bool:
    """Whether `text` lets coaching or texting rest for hours after self-harm (H24); `coaching`: it is about that rule.

    Such a text must not lack what H24 asks for.
    """
    rest, harm = RESTS.get(language, RESTS[ENGLISH])
    return any(rest.is_in(plain(each)) for each in sentences(text)) and (coaching or harm.is_in(plain(text)))
