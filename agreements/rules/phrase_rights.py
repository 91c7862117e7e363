"""Phrases by which somebody gives up a right, or care is tied to a signature (H11) or to texting (H14)."""

from __future__ import annotations

from agreements.rules.phrase_words import (
    CARE,
    CARE_IF,
    DISPUTES,
    KEEPING,
    MISSED,
    NEXT,
    NO,
    PROMISING,
    RIGHTS,
    TEXTING,
)
from agreements.rules.phrasing import Phrase, phrase

GIVES_UP: tuple[Phrase, ...] = (
    phrase(r"waives?|waiver|waiving", unless=NO),
    phrase(
        rf"(?:(?:gives?|giving|gave) up|signs? away|forfeits?|surrenders?|loses?|(?:has|have|with) no|without"
        rf"|drops?){NEXT}{{0,4}}\W+(?:rights?|claims?|complaints?)",
        unless=r"(?:nobody|no one|no-one|nor|none of|nothing|never|not|\w+n't|(?:loses?|gives? up) no)",
    ),
    phrase(r"(?:has|have|with) no(?: \w+){0,2} (?:rights?|claims?)(?: \w+)? (?:to|against|for|of)"),
    phrase(
        rf"complain\w*{NEXT}{{0,3}}\W+(?:not|never|no longer|\w+n't) (?:be )?(?:accept|allow|taken|heard"
        rf"|wanted|possible)\w*"
    ),
    phrase(r"(?:not|never|won't|no|cannot|can't) (?:make |bring |have |raise |file )?(?:any |a |legal )*claims?"),
    phrase(
        rf"(?:not|never|won't|cannot|can't){NEXT}{{0,4}}\W+(?:to|in|before|at) (?:the |a |any )?(?:courts?"
        rf"|judge|board|lawyers?)"
    ),
    phrase(
        r"rights?(?: \w+){0,5} (?:ends?|lapses?|expires?|rests?|pauses?|sleeps?|waits?|stops?"
        r"|(?:is|are) (?:lost|gone|over|suspended|paused|on hold))",
        unless=r"never|not|no",
    ),
    phrase(r"at (?:your|their|his|her|my|our|one's|\w+'s) own (?:risk|peril)", unless=NO),
    phrase(
        rf"(?:settl\w+|clos\w+|ends?|bars?|covers?|excludes?|rules? out|cancels?|replaces?|gives? up)(?: \w+){{0,2}}"
        rf" {DISPUTES}",
        unless=r"not|never|nothing",
    ),
    phrase(rf"{DISPUTES}{NEXT}{{0,6}}\W+(?:stays? (?:between|here|with|in)|nowhere else|no further|no one else)"),
    phrase(
        r"(?:leaves? (?:early|therapy|us|before)|leaving|quits?|quitting|(?:stops?|ends?) (?:early|therapy|texting"
        r"|treatment)|walks? (?:away|out))",
        r"pays?|owes?|charge[ds]?|billed|bills?|fees?|fined?|settles?",
        unless=NO,
    ),
    phrase(r"(?:mistakes?|errors?|faults?|harm|damage)(?: \w+){0,3} (?:without|no) consequences?"),
    phrase(
        r"(?:not|never|\w+n't) (?:to )?(?:ask|request|demand|seek|want|get|claim)(?: \w+){0,3}"
        r" (?:cop(?:y|ies)|records?|second opinions?|lawyers?|refunds?|legal advice)",
        unless=r"guardians?|parents?|others?|partner|nobody|no one",
    ),
    phrase(
        r"(?:not|never|\w+n't) (?:\w+ )?(?:bring|take|carry)(?: \w+){0,3} (?:before"
        r"|to|in front of) (?:anyone|anybody|others?|someone)"
    ),
    phrase(r"(?:practice|therapist|dr\.? \w+) (?:is|are) (?:always )?right(?! about| away| to)"),
    phrase(CARE, CARE_IF, KEEPING, unless=NO),
    phrase(
        r"(?:not|never|\w+n't) (?:\w+ )?(?:tell|report|write to|go to|inform|contact)(?: \w+){0,3}"
        r" (?:board|ombuds\w+|authorit\w+|insurer|association)"
    ),
    phrase(rf"{PROMISING}{NEXT}{{0,6}}\W+(?:not|never){NEXT}{{0,3}}\W+(?:court|sue|complain\w*|claims?)"),
    phrase(rf"(?:not|never|cannot|can't|won't) (?:to )?(?:\w+ )?{RIGHTS}", unless=r"whether or not"),
    phrase(r"(?:not|never|cannot|can't)(?: \w+){0,2} held (?:responsible|accountable)"),
    phrase(
        r"(?<!we do )(?<!we will )(?:not|never|cannot|can't) (?:leave|stop|end|quit) (?:this |your |the )?"
        r"(?:therapy|treatment)"
        r"|(?:not|never|cannot|can't)(?: \w+){0,2} legal (?:steps?|actions?)"
    ),
    phrase(r"no (?:lawsuits?|complaints? (?:about|against|to))"),
    phrase(
        r"(?:not|never) (?:be )?liable|liabilit\w+|hold\w*(?: \w+){0,4} harmless|renounc\w+"
        r"|legal remed\w+|owes?(?: \w+){0,2} nothing|indemnif\w+|disclaim\w*"
    ),
    phrase(
        rf"(?:releas\w+|frees?){NEXT}{{1,5}}\W+(?:from|of) (?:\w+ ){{0,2}}(?:liab\w+|claims?|responsib\w+"
        rf"|blame|dut\w+)"
    ),
    phrase(r"(?:bears?|takes?|has|have|accepts?|assumes?|with) no (?:\w+ )?(?:responsibility|blame|fault)"),
    phrase(
        r"(?:not|never|cannot|can't) (?:\w+ )?(?:see|read|have|request|ask for|ask to see|get)(?: \w+){1,3}"
        r" (?:records?|kept|file)",
        unless=r"guardians?|parents?|others?|partner|nobody|no one",
    ),
    phrase(r"(?:accept|take|assume|bear)\w* (?:\w+ )?(?:all|any|every|full|sole) (?:\w+ )?(?:risks?|blame)"),
    phrase(rf"(?:not|never|\w+n't|nobody is|no one is)(?: \w+)? (?:responsible|accountable) for {MISSED}"),
    phrase(r"arbitrat\w+|no (?:jury|court)", unless=r"(?:not|never|without)"),
)

IF = r"(?:if|when(?:ever)?|unless|once|as soon as|(?:every|each|any|next) time)"
ONLY_IF = r"(?:only (?:if|when|while)|as long as|unless|provided|on (?:the )?condition)"
THERAPY = r"(?:therapy|treatment|sessions|counsell?ing|(?:your|our) (?:care|work|time together))"
IN_THERAPY = (
    rf"(?:{THERAPY}|(?:be|stay|remain|become|start as) (?:in )?(?:my|a|our|the|\w+'s)? ?(?:client|patient)"
    r"|(?:see|seeing|treat|treating|work with|working with|meet|meeting) (?:you|me)|(?:your|my) (?:place|spot|slot))"
)
WILL = r"(?:(?:will|shall|may|can|must|could|would|might|has to|have to) )?(?:then |also |be |is |are )*"
THERAPY_ENDS = (
    r"(?:(?:stops?|quits?|refuses? to|ends?|no longer) (?:be )?(?:see(?:ing)?|treat(?:ing)?|work(?:ing)? with"
    r"|meet(?:ing)?) (?:you|maya|\[\[client\]\])"
    r"|(?:will|can|could|shall) (?:not|no longer)(?: be able to)? (?:see|treat|work with|meet) (?:you|maya)"
    r"|(?:won't|can't|cannot) (?:see|treat|work with|meet) (?:you|maya)"
    r"|(?:stops?|ends?|terminat\w+|clos(?:e|es|ing)|cancels?|suspends?|drops?|withdraws?|pauses?|lose|loses|losing"
    rf"|costs? you)(?: your| our| the| my| all| this)? {THERAPY}"
    rf"|{THERAPY} {WILL}(?:ends?|ended|ending|stops?|stopped|over|paused?|suspended|cancell?ed|terminated|closed"
    r"|at risk|withdrawn|off)"
    rf"|(?:means?|is|be|brings?) the end of(?: your| our| the)? {THERAPY}"
    rf"|(?:cannot|can't|not) (?:go on|continue|carry on)(?: with)? (?:{THERAPY}|you)"
    r"|(?:discharg(?:e|es|ed)|dismiss(?:es|ed)?) (?:you|maya)|you (?:will be|are|get|may be|can be) (?:discharged"
    r"|dismissed|dropped|let go|referred (?:on|out|elsewhere))|(?:drops?|refers?) you"
    r"(?: on| out| elsewhere)?(?= ?[.!]|$)"
    r"|(?:find|look for|see|need)(?: yourself)? (?:another|a new|a different) (?:therapist|counsell?or)"
    r"|(?:lose|loses|forfeits?) (?:your|the|her|his|their) (?:place|spot|slot|therapist))"
)
STAY = r"(?:stay|remain|continue|keep|have|get|go on|carry on|come|attend|start|begin)"
HER_WISH = r"(?:you|maya|client|either|both|we)(?: \w+)? (?:want|wish|think|feel|hope|consider)\w*"
GOES_ON = rf"(?:not|never|\w+n't|no)(?: \w+){{0,1}} (?:stop|end|cancel|drop|lose|cost|close|mean)\w*|{HER_WISH}"
MUST = r"(?:must|(?:has|have|needs?|ought|got|required|obliged) to|is required|are required|shall)"
TIED: tuple[Phrase, ...] = (  # therapy that ends over texting, or is had for it
    phrase(rf"{IF}{NEXT}{{0,8}}\W+{TEXTING}{NEXT}{{0,10}}\W+{THERAPY_ENDS}", unless=GOES_ON),
    phrase(rf"{THERAPY_ENDS}{NEXT}{{0,3}}\W+{IF}{NEXT}{{0,8}}\W+{TEXTING}", unless=GOES_ON),
    phrase(rf"{THERAPY_ENDS}{NEXT}{{0,2}}\W+(?:because of|over|due to){NEXT}{{0,3}}\W+{TEXTING}", unless=GOES_ON),
    phrase(rf"{TEXTING}{NEXT}{{0,6}}\W+(?:or|or else|otherwise){NEXT}{{0,3}}\W+{THERAPY_ENDS}", unless=GOES_ON),
    phrase(
        rf"(?:(?:more than|over|above|another|one more|too many|so many){NEXT}{{0,2}}\W+{TEXTING}"
        rf"|{TEXTING} (?:too|so) (?:much|often)){NEXT}{{0,6}}\W+{THERAPY_ENDS}",
        unless=GOES_ON,
    ),
    phrase(
        rf"{MUST}{NEXT}{{0,5}}\W+{TEXTING}{NEXT}{{0,4}}\W+(?:for (?:therapy|treatment)"
        rf"|to (?:{STAY}(?: \w+){{0,2}} )?{IN_THERAPY})",
        unless=rf"(?:not|never|nobody|no one|\w+n't)(?: \w+)? {MUST}|(?:not|never|\w+n't) (?:have|need) to",
    ),
    phrase(
        rf"(?:to|for) (?:\w+ ){{0,2}}{IN_THERAPY}{NEXT}{{0,3}}\W+{MUST}{NEXT}{{0,3}}\W+{TEXTING}",
        unless=r"(?:not|never|nobody|no one|\w+n't)(?: \w+)? (?:must|have|has|need|needs)",
    ),
    phrase(
        TEXTING,
        rf"(?:condition|requirement|prerequisite|price|required|needed|necessary|mandatory|obligatory)(?: \w+)?"
        rf" (?:of|for|to)(?: \w+){{0,2}} {IN_THERAPY}",
        unless=NO,
    ),
    phrase(rf"{THERAPY}(?: \w+)? (?:depends?|hinges?|hangs?) on(?: \w+){{0,3}} {TEXTING}", unless=NO),
    phrase(rf"(?:no|without)(?: \w+)? {TEXTING}\W+(?:\w+ ){{0,3}}no(?: more)? {THERAPY}(?! by)"),
    phrase(
        rf"(?:therapy|treatment|(?:see|treat|work with|meet|seeing|treating) (?:you|maya)|(?:stay|remain|be)"
        rf" (?:in therapy|(?:my|a|our) (?:client|patient))){NEXT}{{0,3}}\W+{ONLY_IF}{NEXT}{{0,6}}\W+{TEXTING}",
        unless=GOES_ON,
    ),
    phrase(rf"(?:can|may|will) only {STAY}{NEXT}{{0,3}}\W+{THERAPY} (?:if|when|while){NEXT}{{0,4}}\W+{TEXTING}"),
    phrase(rf"{ONLY_IF}{NEXT}{{0,5}}\W+{TEXTING}{NEXT}{{0,3}}\W+(?:therapy|treatment) (?:goes on|continues?|can|will)"),
    phrase(rf"only (?:see|sees|treat|treats|work with|works with|take|takes)(?: \w+){{0,2}} who (?:\w+ )?{TEXTING}"),
)
