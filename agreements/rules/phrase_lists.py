"""The phrases that free text must not hold (H6-H12, H14, H22, H26, H28).

The lists are humble: short, whole words, one sentence at a time. A language without a list is read with the English
one.
"""

from __future__ import annotations

from agreements.rules.phrase_rights import GIVES_UP, TIED
from agreements.rules.phrase_words import (
    ACTING,
    ALONE,
    ANSWERING,
    ANSWERS,
    ANYONE,
    CALLING,
    CAPPING,
    CARE,
    CHANGING,
    CHARGING,
    CRISIS,
    DEADLINE,
    EACH,
    ENDING,
    GOING,
    HARM,
    HEDGED,
    HELP,
    HELPERS,
    HIDDEN,
    HOPING,
    KEEPS,
    LEAVE_OF,
    LIMITS,
    LINE,
    NEGATED,
    NEXT,
    NO,
    NOT_ASKED,
    NOT_CUT,
    NOT_TO,
    ON_TERMS,
    OPEN_CALLS,
    OURS,
    PROMISING,
    SELF,
    SELF_HARM,
    SENT_AWAY,
    SIGNS,
    SKIPPING,
    SOON,
    SPARED,
    STEPS,
    TEXTING,
    UNTIL,
    URGE,
    USING,
    VOICEMAIL,
    WAITING,
    WHATEVER,
    WHOLLY,
    WITHOUT_LAST,
    WORD,
)
from agreements.rules.phrasing import Phrase, phrase

ENGLISH = "en"


def _sends_elsewhere(danger: str, but: str = "(?!)") -> tuple[Phrase, ...]:
    """Danger, and a text, waiting or a voicemail in one sentence. A "not" inside the danger refuses nothing."""
    soft = rf"{NEGATED}|{HIDDEN}"
    no_text = rf"{but}|{NO}{NEXT}{{0,2}}\W+{TEXTING}"
    other = (
        rf"(?:instead of|rather than) {TEXTING}|{TEXTING}{NEXT}{{0,2}}\W+{NO}|{TEXTING} (?:or call |\w+ to )?{LINE}"
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


WARNS = frozenset({"H22", "H26"})  # both see it and may go on; all others stop signing
NO_HELP = (  # a way that leads off from help
    phrase(rf"{NOT_TO} (?:\w+ )?{CALLING}{NEXT}{{0,5}}\W+{HELP}"),
    phrase(HELP, rf"only{NEXT}{{0,1}}\W+(?:call|ring|phone|dial|go to){NEXT}{{0,6}}\W+(?:if|after|when|once)"),
    phrase(rf"{CALLING}{NEXT}{{0,4}}\W+{HELP}{NEXT}{{0,2}}\W+only (?:if|after|when|once)"),
    phrase(rf"{SKIPPING}{HELPERS}", unless=rf"{NO} (?:\w+ )?{SKIPPING}{HELPERS}"),
    phrase(rf"{NOT_TO} (?:\w+ )?{USING}{HELPERS}"),
    phrase(SPARED, unless=NO),
)
REFUSED: dict[str, dict[str, tuple[Phrase, ...]]] = {
    ENGLISH: {
        "H6": (
            phrase(CRISIS, CHARGING, unless=NO),
            phrase(CRISIS, CAPPING, unless=NO),
            phrase(
                r"calls?|phoning", CHARGING, OPEN_CALLS, unless=r"not|never|nothing|free|except|(?:like|as) a session"
            ),
            phrase(rf"{STEPS}|(?:crisis|emergency) calls?", r"(?:after|for|within) (?:24|48) hours", unless=NO),
            phrase(rf"{STEPS} (?:waits?|pauses?|stops?|(?:is|are) (?:off|closed))", unless=NO),
            phrase(
                r"no (?:crisis|emergency|suicid\w+) (?:calls?|steps?) (?:at|after|before|during|on|while|until"
                r"|in)"
            ),
            phrase(
                rf"{STEPS}|{LINE}|hospital|ambulance", rf"last resort|only if{NEXT}{{0,6}}\W+(?:not|fail\w*|\w+n't)"
            ),
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
            phrase(URGE, TEXTING, unless=NO),
            phrase(WHATEVER, KEEPS, unless=rf"{TEXTING}|writ\w+|sends?|says?"),
            phrase(rf"before (?:you |we )?(?:call|ring|phone|dial|contact|seek|ask)(?:ing)? {ANYONE}", unless=NO),
            phrase(ALONE, UNTIL, unless=NO),
            phrase(r"give it (?:the|a|one|another) (?:night|day|hour)|over by (?:the )?(?:morning|\w+day)"),
            phrase(SENT_AWAY, unless=TEXTING),
            phrase(LEAVE_OF, GOING, unless=NO),
            phrase(rf"{CRISIS}|{HIDDEN}", rf"before{NEXT}{{0,2}}\W+{CALLING}", unless=rf"{NO}{NEXT}{{0,4}}\W+before"),
            phrase(rf"(?:try|ask|reach|{TEXTING})(?: me| us| dr\.? \w+)? first", HELP, unless=NO),
        ),
        "H8": (
            phrase(
                rf"{PROMISING}{NEXT}{{0,6}}\W+(?:(?:not|never)(?: to)?|won't|(?:keep|stay"
                rf"|refrain)\w* (?:away )?from) (?:{HARM}|{ACTING})",
                unless=NOT_ASKED,
            ),
            phrase(
                rf"{PROMISING}{NEXT}{{0,4}}\W+(?:stay|keep|be|remain)(?:ing)?(?: {SELF})? (?:safe|alive"
                rf"|in this world)",
                unless=NOT_ASKED,
            ),
            phrase(rf"{PROMISING}{NEXT}{{0,4}}\W+safety", unless=NOT_ASKED),
            phrase(rf"(?:(?:will|shall|going to|must|may) (?:not|never)|won't|not going to) (?:{HARM}|{ACTING})"),
            phrase(
                rf"(?:stays|remains|keeps|(?:has|have|needs?|had) to (?:stay|remain|keep))(?: {SELF})? (?:safe|alive)",
                unless=rf"{NO}|helps?|how|what|ways?|hopes?|wants?|wish\w*|plan",
            ),
            phrase(r"no[- ](?:suicide|harm|self[- ]harm) (?:contract|agreement|pact)|contract for safety"),
            phrase(
                rf"if{NEXT}{{1,3}}\W+{HARM}",
                r"stops?|ends?|lose|over|no more",
                rf"{TEXTING}|{CARE}",
            ),
            phrase(rf"(?:will|shall|must) (?:stay|remain|keep)(?: {SELF})? (?:safe|alive)", unless=NO),
            phrase(
                r"(?:only if|as long as|on (?:the )?condition|in (?:return|exchange)|in order to|provided)",
                rf"(?:stays?|am|is|are|keep\w*) (?:safe|alive)|{HARM}|suicide attempts?|{ACTING}",
                TEXTING,
            ),
            phrase(
                r"responsib\w+|condition|duty|task", r"(?:staying|keeping|remaining)(?: \w+)? (?:safe|alive)", unless=NO
            ),
            phrase(
                rf"{WORD}{NEXT}{{0,6}}\W+(?:you|i|maya) (?:are|am|is|will be)(?: still)? (?:here|alive|around)",
                unless=NO,
            ),
            phrase(ON_TERMS, rf"{TEXTING}|{CARE}", NOT_CUT),
            phrase(rf"no (?:more )?text(?:s|ing) (?:for|to|with|after|if|when){NEXT}{{0,4}}\W+{SELF_HARM}"),
        ),
        "H9": (
            phrase(
                r"guarantee\w*|24 ?/ ?7|around the clock|(?:all )?day and night|day or night",
                unless=rf"{NO}|line|{STEPS}|the box",
            ),
            phrase(rf"(?:always|no matter what){NEXT}{{0,2}}\W+(?:{ANSWERING}|there|available|reachable)", unless=NO),
            phrase(rf"promis\w+{NEXT}{{0,4}}\W+{ANSWERING}", unless=NO),
            phrase(rf"(?:count|rely) on{NEXT}{{0,3}}\W+{ANSWERING}", unless=NO),
            phrase(r"(?:available|reachable|there) (?:at )?(?:all times|any ?time|always)", unless=NO),
            phrase(rf"never miss(?:es)?{NEXT}{{0,2}}\W+{TEXTING}"),
            phrase(rf"{ANSWERING}(?: to)? {EACH} {TEXTING}", unless=f"{NO}|{HOPING}"),
            phrase(
                rf"{EACH} {TEXTING}(?: \w+){{0,2}} (?:gets?|has|have|receives?|is|are|will|be)",
                rf"{ANSWERING}|answered",
                unless=f"{NO}|{HOPING}",
            ),
            phrase(
                rf"(?:will|shall|\w+'ll)(?: \w+){{0,4}} {ANSWERING}",
                DEADLINE,
                unless=f"{NO}|{HOPING}|(?:will|shall) (?:[a-z]+ )?(?:ask|choose|talk|look)",
            ),
            phrase(r"(?:never|not|\w+n't) (?:have to |need to )?wait (?:more|longer) than"),
            phrase(rf"{ANSWERS}{NEXT}{{0,3}}\W+(?:is|are) (?:certain|sure|assured|a given)", unless=NO),
            phrase(
                TEXTING,
                r"(?:dealt with|handled|seen|read|looked at|attended to)",
                r"within|inside|by noon|on the day|the same (?:day|hour)|at once|right away|immediately|without fail",
                unless=HEDGED,
            ),
            phrase(ANSWERS, SOON, unless=rf"{HEDGED}|line"),
            phrase(rf"(?:not|never|won't){NEXT}{{0,4}}\W+unanswered"),
            phrase(
                r"(?:no|not (?:one|a single)) (?:text|message)(?: \w+){0,2} (?:unread|unanswered|unseen|missed|lost)"
            ),
            phrase(
                r"sleeps? with (?:the|a|her|his) phone|phone (?:\w+ )?(?:beside"
                r"|by|next to|under) (?:the|her|his) (?:bed|pillow)"
            ),
            phrase(rf"{WORD}{NEXT}{{0,3}}\W+{EACH} {TEXTING}", unless=NO),
            phrase(
                r"always (?:has|have|keeps?|carr(?:y|ies))(?: \w+){0,2} (?:phone|mobile|cell)(?: \w+){0,2}"
                r"|(?:phone|mobile|cell) is (?:always|never) (?:on|off|near|far|at hand|within reach|away)",
                unless=r"not always|muted|silent",
            ),
            phrase(ANSWERS, r"no (?:more|later|longer) than", unless=HOPING),
        ),
        "H10": (
            phrase(r"(?:texts?|messages?)(?: \w+){0,3} (?:monitored|watched)", unless=NO),
            phrase(
                r"(?:reads?|sees?|watch(?:es)?)(?: \w+){0,4} (?:live|all (?:day|night)|all the time)",
                unless=rf"{NO} (?:\w+ )?(?:reads?|sees?|watch(?:es)?)|(?:nobody|no one|not"
                rf"|never)(?: \w+){{0,4}} (?:live|all)",
            ),
            phrase(rf"(?:keeps? an eye on|monitors?|watch(?:es|ing)?){NEXT}{{0,3}}\W+(?:{TEXTING}|line)", unless=NO),
            phrase(
                rf"(?:scan|screen|search|check|filter)\w*(?: \w+){{0,3}} for (?:\w+ )?{SIGNS}",
                unless=NO,
            ),
            phrase(r"(?:program|app|system|software) (?:alerts?|warns?|notifies|watches)", unless=NO),
            phrase(r"(?:mood|risk|safety|danger) scores?", unless=NO),
        ),
        "H11": GIVES_UP,
        "H12": (
            phrase(
                r"(?:what(?:ever)? (?:you|we|i) (?:text|write|say|send"
                r"|tell)|(?:your|our|all) (?:texts?|words|messages)|it all"
                r"|everything)(?: \w+)? (?:stays?|remains?|(?:is"
                r"|are) kept) (?:with|between|among|inside) (?:us|me|these walls"
                r"|this room|dr\.? \w+)",
                unless=NO,
            ),
            phrase(
                rf"{WHOLLY} (?:private|confidential|secret|secure)",
                unless=rf"(?:not|never|\w+n't)(?: \w+)? {WHOLLY}",
            ),
            phrase(
                r"(?:nobody|no one|no-one|no (?:soul|human|person)(?: on earth)?) (?:else "
                r"|but \w+ (?:\w+ )?)?(?:will|can|could) (?:ever )?(?:see|read"
                r"|know|find)"
            ),
            phrase(r"(?:strictly|stays?|only|just) between (?:us|the two of us|you and me)", unless=NO),
            phrase(
                r"(?:never|not|nor)(?: \w+)? (?:reach|get to|come to|be known to|be seen by) (?:any ?(?:body|one)"
                r"|others?)(?: else)?"
            ),
            phrase(r"(?:will|can) never (?:be )?(?:shared|told|shown|passed on|share|tell|show)"),
        ),
        "H14": TIED,
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
