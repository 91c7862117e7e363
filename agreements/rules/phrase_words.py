"""What the phrase lists of safety_phrases.py are made of: whole words and stems, each a pattern for plain English."""

from __future__ import annotations

NEXT = r"(?:\W+\w+)"
SELF = r"(?:my|your|our|him|her|them|one)sel\w+"
LONGER = r"(?:any ?(?:more|longer)|much longer|like this)"
LAST = (  # the thought ends here: "not be here" is one about dying, "not be here on Tuesday" is not
    rf"(?=\W*$| ?[^\w\s]| (?:{LONGER}|at all|again|and|or|then|so|please|i|we"
    r"|text|message|write|send|wait|hold|leave|call)(?!\w))"
)
NEGATED = rf"(?:(?:no longer|not|\w+n't) wants? to live|not safe{LAST})"
CRISIS = (
    rf"(?:suicid\w*|kill(?:ing)? {SELF}|end(?:ing)? (?:it all|(?:my|your) life)|(?:wants?|wish(?:es)?|plans?) to die"
    rf"|(?:like|of|about) dying|{NEGATED}|(?:took (?:\w+ )?|swallow\w* (?:\w+ ){{0,3}})(?:pills|tablets)"
    rf"|(?:hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?) {SELF}|self[- ]?harm\w*|overdos\w*"
    r"|danger\w*|cris[ie]s|emergenc\w+|unsafe|about to (?:act|jump)|life or death|(?:has|have|'ve) taken something"
    r"|911|988|999|112)"
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
    r"|(?:writ(?:e|es|ing)(?: to)?|ping(?:s|ing)?|dm) (?:me|us|you|dr\.? \w+))"
)
VOICEMAIL = r"(?:voice[ -]?mails?|answering[ -](?:machine|service)s?|answer-?phone)"
WAITING = (
    r"(?:wait(?:s|ing)?|hold(?:s|ing)? (?:off|on(?! to\b))|hang (?:on(?! to\b)|in there)|sit tight|sleep on it"
    r"|after breakfast|in the (?:\w+ )?(?:morning|session)"
    r"|(?:until|till) (?:\w+ ){0,2}(?:morning|session|appointment|tomorrow|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day))"
)
CHARGING = r"(?:fees?|charge[ds]?|costs?|pays?|paid|bill(?:s|ed)?|invoice\w*|[$€£] ?\d+)"
CAPPING = (
    r"(?:counts? (?:as|to|toward)\w*|cap|quota|weekly limit|quiet hours"
    r"|limited to|at most|only (?:after|before|between|during))"
)
STEPS = r"crisis (?:steps?|box|lines?)"
WITHOUT_LAST = r"(?:not|never|no|nobody|nor|\w+n't)"  # "without" is no refusal where the notice is what lacks
NO = r"(?:not|never|no|nor|nobody|nothing|none|without|(?<!feel )free|\w+n't)"
NOT_TO = r"(?:do not|don't|never|no need to|not to|instead of|rather than|before|without)"
CALLING = r"(?:call(?:s|ing)?|ring(?:ing)?|phon(?:e|ing)|dial(?:ling|ing)?|go(?:ing)? to)"
HELP = (
    r"(?:911|988|999|112|nine[- ](?:one[- ]one|eight[- ]eight|eleven)|emergenc\w+|ambulance|hospital|police|crisis"
    r"|the line|(?:hot|help|life)line)"
)
HARM = (
    rf"(?:die|self[- ]?(?:harm|injur)\w*|(?:kill|hurt|harm|cut|injure) {SELF}|end (?:my|your|her|his) life"
    r"|attempt suicide)"
)
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
HELPED = rf"{CALLING} (?:the |an |a )?{HELP}"
SKIPPING = r"(?:ignor(?:e|es|ing)|skip(?:s|ping)?|disregard(?:s|ing)?|forget(?: about)?) (?:the |this |our )?"
USING = r"(?:bother|use|try|trust|contact|disturb|involve|follow|open|read)(?:ing)? (?:with )?(?:the |an |a )?"
HELPERS = rf"(?:{LINE}|{STEPS}|ambulance|police|hospital|emergency (?:room|number|services))"
DEADLINE = (
    r"(?:(?:by|before|within|on) (?:\w+ ){0,3}(?:\w+day|night|noon|morning|evening|tomorrow|minutes?|hours?|days?)"
    r"|in (?:an?|one|two|\d+) (?:\w+ )?(?:minutes?|hours?|days?)|(?:the )?same day|today|tonight|tomorrow)"
)
HOPING = r"(?:most|may|might|hope\w*|tr(?:y|ies)|aim\w*|usual\w*|likely|often)"
MISSED = r"(?:missed|late|lost|harm|damage|what happens|any \w+)"
PROMISING = (
    r"(?:promis\w*|swears?|sworn|vow(?:s|ed)?|commit(?:s|ted|ment)?|agrees?|agreed|contracts?|pledge[ds]?|undertak\w+"
    r"|guarantee\w*|assure\w*|(?:give|gives|have|has) (?:\w+ ){0,3}(?:my|your|our|his|her|their) word)"
)
NOT_ASKED = (
    r"(?:not|no|never|nobody|no one|without|\w+n't)(?: \w+){0,5} (?:promis\w*|contract\w*|pledge\w*|commit\w*"
    r"|guarantee\w*)"
)
ACTING = (
    r"(?:act(?:ing)? (?:up)?on (?:it|them|that|this|(?:\w+ ){0,2}(?:thoughts?|urges?|plans?|feelings?|impulses?))"
    r"|do(?:ing)? (?:anything|something|nothing) (?:\w+ )?to (?:hurt|harm|kill|endanger|my|your|him|her|them)\w*"
    r"|(?:attempt|try)(?:ing)? (?:suicide|anything|it)|(?:commit|commiting|committing) suicide)"
)
SOON = (
    r"(?:within|inside|in less than|in under|no (?:more|later|longer) than|longer than"
    r"|in (?:an?|one|two|three|five|ten|\d+) (?:\w+ )?(?:minutes?|hours?|days?)|(?:the )?same (?:day|evening|night"
    r"|morning)"
    r"|before (?:\w+ )?(?:midnight|noon|night|morning|evening|dark|bedtime)|at once|immediately|right away"
    r"|straight away"
    r"|promptly|instantly|today|tonight|tomorrow|the next (?:\w+ )?(?:day|morning)|(?:at )?(?:any|all) (?:hours?"
    r"|times?)"
    r"|any ?time|always|every (?:\w+ )?(?:time|night|day|evening)|by (?:noon|midnight|\d|the (?:next|same|evening"
    r"|morning|end))\w*|on the (?:same )?day|day (?:and|or) night|(?:round|around) the clock"
    r"|without fail|for sure)"
)
ANSWERS = (
    r"(?:repl(?:y|ies|ied|ying)|answer(?:s|ed|ing)?|respon[ds]\w*|(?:texts?|writes?|calls?|hears?|comes?"
    r"|gets?)(?: \w+)? back"
    r"|hear from|reachable|available|unanswered)"
)
HEDGED = (
    r"(?:most|may|might|maybe|perhaps|hopes?|hoped|tr(?:y|ies|ying)|aim\w*|usual\w*|likely|often|some|sometimes"
    r"|rare\w*"
    r"|not|no|nobody|never|cannot|can't|don't|doesn't|won't|isn't|if|ask|asks|about how)"
)
CARE = r"(?:therapy|sessions?|treatment)"
EACH = r"(?:every|each|all|any)(?: \w+)?"
SIGNS = r"(?:danger|risks?|warning|alarm|key ?words?)"

WORD = (
    r"(?:promis\w*|swears?|vows?|pledge[ds]?|guarantee\w*"
    r"|assure\w*|(?:my|your|our|his|her|their) word)"
)  # given for good
URGE = r"act(?:s|ing)? (?:up)?on (?:an?|the|your|my|any|that|this) (?:\w+ )?(?:urges?|impulses?)"
ANYONE = r"(?:anyone|anybody|any one|someone|somebody|for help|any help|help|an? (?:\w+ )?line)"
SENT_AWAY = (  # those in danger, whom nobody takes
    r"(?:not|never|no longer|\w+n't|cannot) (?:see|take(?: on)?"
    r"|treat|accept|help|serve|work with|talk (?:to|with)|care for"
    r"|look after)(?: \w+){0,3} (?:in (?:a )?(?:crisis|danger)|who (?:are|is|feel) (?:\w+ )?(?:suicid\w*|in (?:danger"
    r"|crisis)|unsafe)|suicidal)"
)
SPARED = rf"(?:spare|avoid\w*|stay off|keep (?:off|away from)) (?:the |a |an |our |any )?(?:\w+ )?(?:lines?|{HELP})"
ALONE = (
    r"(?:strong|brave|old|grown[- ]?up) enough|(?:lived|been|come|got) through worse"
    r"|(?:carry|bear|endure|stand|survive|shoulder|manage|cope with) (?:this|it|that|all"
    r"|everything|the pain)(?: \w+)? (?:alone|on (?:your|my|their) own"
    r"|by (?:your|my|them)sel\w+)|(?:ride|tough|sit|stick) it out"
    r"|grit (?:your|my) teeth|pull (?:yourself|myself) together"
)
UNTIL = (
    r"(?:until|till|wait(?:s|ing)?|for (?:an?|one|two|three|\w+ty|\d+) (?:minutes?"
    r"|hours?|days?|nights?)|(?:the|a) whole night|through the night)"
)
WHATEVER = r"(?:whatever|no matter (?:what|how \w+)|however (?:bad|dark|hard|heavy)|everything that|anything that)"
KEEPS = r"(?:keeps?|waits?|holds?|stays?|can wait|is for|comes) (?:\w+ )?(?:until|till|for)"
LEAVE_OF = (  # somebody's leave to call for help
    r"(?:decid\w+|choos\w+|approv\w+|permi(?:ts?|ssion)|consents?|agrees?|(?:has|have) the (?:last|final) (?:word|say)"
    r"|says? (?:whether|if|when))"
)
GOING = (
    r"(?:whether|if|that|when) (?:you |to |we |they )?(?:may |can |should )?(?:call|ring"
    r"|dial|phone|go)(?! back)|who(?:m)? (?:is|to be|to) call(?:ed)?|hospital\w*|ambulance"
)
DISPUTES = r"(?:quarrels?|disputes?|grievances?|complaints?|claims?|conflicts?)"
OPEN_CALLS = (
    r"(?:whatever|any reason|no matter|outside (?:of )?(?:\w+ )?hours"
    r"|after hours|out of hours|at night|at weekends?|on holidays?"
    r"|(?:all|every|each|any) (?:\w+ )?calls?|(?:night|late|evening|weekend|holiday) calls?)"
)
CARE_IF = r"(?:only (?:if|when|while)|as long as|depends? on|on condition|provided)"
KEEPING = r"(?:keep|stick|hold|follow|obey|sign|agree)\w*(?: to| by)?(?: \w+){0,2} (?:agreement|rules?|this|terms)"
NOT_CUT = rf"(?:not|never|\w+n't|no longer|stops?) (?:cut|cutting|burn\w*|starv\w*|purg\w*|{HARM})"
ON_TERMS = r"(?:as|on|in) (?:a |the |one )?(?:conditions?|return|exchange|price|terms?)"
