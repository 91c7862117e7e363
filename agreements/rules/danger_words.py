"""What danger.py is made of: words for danger, words that lead away from help, and what may always be said of it."""

from __future__ import annotations

from agreements.rules.phrase_words import ANSWERING, CAPPING, CRISIS, ENDING, HIDDEN, OURS, SELF, VOICEMAIL

NEVER = r"(?:not|never|no|\w+n't|cannot)"
DRUGS = r"(?:pills?|tablets?|meds|medicines?|poison|something|drugs)"
MY = r"(?:my|your|his|her|their|the|one's)"
VERY = r"(?:really|very|too|so|all|much too|that|unbearably|terribly)"
DARK = r"(?:bad|dark|black|low|heavy|desperate|awful|terrible|horrible)"
MEANWHILE = r"(?:nights?|evenings?|days?|weekends?|hours?|it|things?|life|everything|all)"
SAID_SOFTLY = (  # the night is too dark, and nobody says the word
    rf"{MEANWHILE} (?:\w+ )?(?:gets?|got|getting|go(?:es)?|turns?|becomes?|is|are|feels?|grows?) {VERY} {DARK}"
    rf"|(?:{VERY}|the) (?:{DARK}|worst) (?:nights?|days?|evenings?|hours?|moments?|times?)"
    rf"|(?:too|so) (?:{DARK}|much|hard|strong) (?:for (?:me"
    rf"|you) )?to (?:get through|bear|carry|face|stand|survive|be alone)"
    r"|walls? (?:is |are )?clos\w+ in|(?:not|never|\w+n't"
    rf"|cannot) trust {SELF}|need(?:s|ing)? (?:saving|rescu\w+|to be saved)"
    r"|how serious (?:it|this) is|(?:get|make it|come|last|live)(?:ting"
    r"|ing)? through (?:the|this|a|another|that) (?:\w+ )?(?:night|hour|day|evening)"
    r"|(?:like|about|of) giving up(?! (?:tex|smok|on (?:tex"
    r"|this \w+ agr)|my |the |a )\w*)|(?:at|reach\w*) (?:my|your) limit"
    r" of|at (?:my|your|the) wits? end|had enough of (?:life|it all|everything)|done with (?:life|everything|it all)"
    r"|no (?:point|reason|hope) (?:left|in (?:living|going on)|to (?:live|go on))|in (?:\w+ )?trouble(?! (?:at|with) )"
    r"|tonight is the night|(?:farewell|goodbye|suicide) (?:notes?|letters?|texts?)|good-?bye (?:for good|for ?ever)"
    r"|come (?:quick(?:ly)?|fast|right now)|(?:help|save) me (?:now"
    r"|fast|quick\w*|please)|break(?:ing|s)? (?:down|apart)"
)
BY_ANOTHER = (  # somebody is hit or afraid
    r"(?:rais\w+|lifts?) (?:his|her|their|a) (?:hand|fist)s?|gets? (?:hit|beaten|slapped"
    r"|punched|choked|kicked)|(?:turns?|gets?|becomes?|goes|got|is) (?:physical|violent|abusive)"
    r"|(?:hits?|beats?|slaps?|punch\w*|kicks?|chok\w+|grabs?"
    r"|threaten\w*) (?:you|me|her|him|them|the other|one of (?:you|us)"
    r"|each other|someone|somebody)|violen\w+|threats?|threaten(?:s|ed|ing)?"
    r"|(?:afraid|scared|frightened|fear(?:s|ing)?|terrified) (?:of"
    r"|for) (?:your|my|their|his|her|each|the) (?:own )?(?:partner"
    r"|husband|wife|father|mother|life|lives|safety|dad|mum|mom|boyfriend|girlfriend|parents?|family|other|children)"
)
AT_HAND = (  # what somebody could do it with
    r"(?:pills?|tablets?|meds) (?:taken|ready|counted|saved|swallowed|lined up|gone|in (?:my|your|the|one) hand)"
    r"|(?:have|has|hold\w*|got|bought|count\w*|sav\w+|hoard\w*) (?:the"
    r"|all|my|your) (?:pills|tablets|rope|gun|knife|blades?)"
    r"|ambulances|emergency rooms|police officers? at|(?:night|crisis|emergency|hot|help) ?lines?"
)
ABOUT = (  # steps 1 and 2 of the box first, then other words for the same
    rf"{CRISIS}|{HIDDEN}|life[- ]or[- ]death|life[- ]threatening|(?:life|lives) (?:\w+ )?(?:is|are|be) (?:at risk"
    rf"|over)"
    rf"|risk (?:of|to) (?:\w+ )?(?:life|lives|suicide|harm\w*|hurt\w*|death)|(?:at|in) (?:great |serious |high )?risk"
    rf"|(?:taken|took|take|swallow\w*) (?:\w+ ){{0,3}}(?:something|too many|too much|(?:all|the whole|a lot of)"
    rf" (?:\w+ ){{0,3}}{DRUGS}|overdose|poison)|(?:taken|took|swallow\w*) (?:\w+ ){{0,4}}{DRUGS}"
    r"|act(?:s|ing|ed)? on (?:it|them|that|this|these|those|suicid\w+|\w+ (?:\w+ )?(?:thoughts?|plans?|impulses?))"
    r"|(?:about|going) to (?:jump|act|do it|do something)|do(?:ing)? something (?:bad|stupid|drastic|awful|terrible)"
    r"|(?:some ?(?:one|body)|any ?(?:one|body)|people|a child|kids?|you|i|he|she|they)(?: else)?"
    r" (?:is|are|was|were|gets?|got|may be|might be|has been|have been|am)(?: \w+ly)?"
    r" (?:hurt|bleeding|injured|wounded|attacked|beaten|not breathing)(?! by (?:a |the |my |your )?(?:text|word"
    r"|message))"
    rf"|(?:hurt|harm|cut|injur\w*|burn|poison|hang|drown|shoot|stab|starv\w*)\w* {SELF}|self[- ]?(?:injur|hurt)\w*"
    rf"|(?:dies?|dying|death|dead|killed|killing {SELF}|kill {SELF}|lifeless|unalive\w*|kms|end(?:ing)? {MY} life)"
    r"|(?<!not )urgent(?:ly)?|attempt(?:s|ing|ed)? (?:it|anything|on \w+ life|suicid\w+)|sos|s\.?i\.?"
    r"|the worst happens"
    rf"|{MY} (?:very |own )?(?:lowest|darkest|rock bottom)|rock bottom|bleed\w*|(?:on|off|from) (?:a|the) (?:bridge"
    rf"|roof"
    r"|ledge|tracks?)|knife|knives|razors?|noose|(?:a|the|my|your) (?:gun|rope|blade)|(?:goes|turns?|gets|is"
    r"|looks) black"
    r"|(?:turns?|gets?|gett?ing|becomes?) (?:dangerous|unsafe|critical|life)|ambulance|paramedics?|police"
    r"|emergency (?:room|services?|number)|the e\.?r|a ?& ?e|(?:hot|help|life)lines?|samaritans"
    r"|(?:plan|want|try|going|about)\w* to jump|jump(?:s|ing)? (?:off|from|out|in front)|dark place|hits? (?:you"
    r"|me|her|him)"
    r"|(?:domestic |under )?(?:violence|abuse[ds]?|attack)|kill(?:ing|s)? (?:some ?one|some ?body|people|him|her"
    r"|them|me|you)"
    r"|swallow\w* (?!my |hard|pride)\w+|(?:are|am|is|start(?:ed)?|keep|been) (?:cutting|burning)(?! (?:flowers"
    r"|back|down))"
    r"|(?:bear|want|wish|able|reason|too much) to live|escalat\w+|go(?:ing)? on living|weapons?|strangl\w+"
    r"|hang(?:ing)? (?:my|your"
    r"|her|him)self"
    r"|hospitals?(?: \w+){0,3} (?:avoid\w*|forbid\w*)|(?:avoid\w*|instead of|rather than|before"
    r"|not)(?: \w+){0,4} hospital"
    r"|nine[- ](?:one[- ]one|eight[- ]eight|eleven)|the (?:crisis )?box(?:es)?(?! (?:of|office)\b)|🆘|🔪|⚰|💊"
    rf"|{SAID_SOFTLY}|{BY_ANOTHER}|{AT_HAND}"
)
PRIVATE, OF_BOTH = ENDING, OURS  # "to end it" is about a life, where nobody says that both end the texting
NO_DANGER = (  # words for danger that are none
    r"this (?:\w+ )?agreement|dying (?:to|for) (?!die)\w+|(?:phone|battery|line|laptop|tablet"
    r"|screen)s? (?:\w+ )?(?:is |are |goes |has )?"
    r"(?:dead|die[ds]?|dying)|dead (?:phone|battery|end|line|tired)|not urgent|safe and in doubt"
    r"|urgent,? (?:but|and|yet) (?:it is )?(?:not|no) (?:(?:a|an|real) )*(?:crisis|emergency)"
    r"(?! (?:if|when|unless|until)\b)"
    r"|(?:emergency|crisis) plans? for (?:the|a|an|our|your|my|his|her|their)"
    r" (?:dog|cat|pets?|horse|birds?|plants?|house|flat|car|office|garden)s?"
    r"|panic attacks?|not in trouble|threats? (?:of|to) (?:rain|the weather)|out in all weathers"
    r"|(?:do|does|need) not need an? (?:emergency|crisis)(?: to ask for (?:a )?\w+)?|police (?:officer|work|dog|job)"
)
TEXT = (
    r"(?:te?xt(?:s|ed|ing)?|messag(?:e|es|ed|ing)|msgs?|e-?mail(?:s|ed|ing)?|mails?|sms|whats ?app|signal"
    r"|imessage|dms?"
    r"|chats?|threads?|ping(?:s|ed|ing)?|emojis?|pictures?|photos?|screenshots?|voice notes?|portal|forum|📱|💬|✉)"
)
TO_US = (
    r"(?:writ(?:e|es|ing)|tell|tells|ask|asks|send|sends|sent|call|calls|ring|rings|phone|show|let|drop|give|type"
    r"|leave)"
    r"(?: \w+){0,2}? (?:me|us|dr\.? \w+|(?:my|your|the|our) (?:therapist|counsell?or|coach|practice|office))"
)
WAITS = (
    r"wait(?:s|ed|ing)?|hold(?:s|ing)? (?:on(?! to\b)|off|out)|hang (?:on(?! to\b)|in there)|sit tight|sit (?:it )?out"
    r"|sleep on it|patien\w+|later|tomorrow|(?:next|another|following) (?:\w+ )?(?:day|week|session|time|appointment)"
    r"|(?:in|until|till|by|on) (?:the |our |your |next )?(?:\w+ )?(?:morning|session|appointment|breakfast|monday"
    r"|tuesday"
    r"|wednesday|thursday|friday)|(?:saturday|sunday)|lie down|calm (?:\w+ )?down|breathe?|delay\w*|postpon\w+|put off"
    r"|last resort|try (?:\w+ ){0,3}(?:skills?|first)|skills? first"
)
TURNS = (
    r"unless|except|only|instead|rather|until|till|but|before|first|second|afterwards?|once|as long as|however"
    r"|provided"
    r"|prefer\w*|refrain\w*|bother\w*|hesitat\w+|ignor\w+|skip\w*|disregard\w*|forget|no help|useless|small things"
    r"|expensive"
    r"|permission|why|allowed|approv\w+|must not|may not|not need|no need|forbid\w*|stop(?:s|ped)?|ends?|judge"
    r"|better to|think twice|dear|costly|busy|slow|waste\w*|burden\w*|shame\w*|embarrass\w*|spare|for others|decid\w+"
    r"|sort (?:it|things|this) out|take a break|say so in|keeps until|come (?:back )?(?:when|once)|see what comes"
)
MONEY = (
    r"fees?|charge[ds]?|charging|costs?|pays?|paid|payable|bill(?:s|ed|ing)?|invoice\w*|money|price[ds]?|dollars?"
    r"|euros?"
    r"|pounds?|double|extra|covered by|usual rate|[$€£¥]|usd"
)
REPLY = rf"{ANSWERING}|(?:call|ring|text|writ\w+|get|come|hear)s?(?: \w+)? back|hear\w* from|unanswered|24 ?/ ?7"
AWAY = (
    rf"{TEXT}|{TO_US}|{VOICEMAIL}|{WAITS}|{TURNS}|{MONEY}|{REPLY}|{CAPPING}"
    r"|(?:is|are|was|be) (?:for )?(?:session|limited)|(?:not|never|don't) (?:to )?(?:call|ring|phone|dial|go|tell"
    r"|use|trust)"
)
AWAY_IN_PRINT = (  # what leads elsewhere in the wording of a practice, too
    r"dr\.? \w+|therapists?|counsell?ors?|coach|clinicians?|psycholog\w+|the practice|the office|(?:tell|ask|call"
    r"|reach) us"
    r"|sessions?|promis\w*|agrees?|(?:will|shall|must|has to|have to) (?:not|never|stay|keep)|(?:mon|tues|wednes"
    r"|thurs|fri)day"
    r"|(?:\d+|an?|one|two|three|five|ten|twenty) (?:minutes?|hours?|days?|weeks?|months?)|weeks?|months?|at the door"
    r"|write|handled|deal\w*|\(?\d{3}\)?[ -]?\d\w*"
)
BOX = (
    r"(?:(?:the |your |this |our )?crisis (?:box|steps?|card)|(?:the|your|this|our) (?:box|steps))"
    r"(?: (?:at the top|above|below|here|(?:on|of) (?:the )?(?:first )?(?:page(?: (?:1|one))?|top|card|paper)"
    r"|(?:on|of) (?:your|this) (?:card|page|agreement|paper)))?"
)
AT_ONCE = (
    r"(?:,? (?:and )?(?:at (?:any|every) (?:hour|time)|any (?:hour|time)|at once|right (?:away|then|now)|now"
    r"|straight away"
    r"|day (?:and|or) night|day and night|immediately|too|instead|as well|at all times|always|please|then|there"
    r"|(?:and )?not (?:a |the )?(?:text|phone|message)s?))*"
)
HELPER = (
    r"(?:(?:the|a|an|your|any|for) )?(?:nearest |local |closest |medical |24[- ]?hour )*(?:crisis |emergency "
    r"|help)?(?:lines?"
    r"|numbers?|hotlines?|helplines?|lifelines?|rooms?|services?|ambulance|hospital|help|doctors?|police|911|988"
    r"|999|112)"
)
DO = r"(?:(?:please|always|just|then|so|and|we|you|to|can|may|still|kindly|both) )*"
NOT = r"(?:do not|don't|does not|never|no|not|nobody|no one|rather than|and not|instead of)"
THEM = r"(?: (?:me|us|you|it|for it|dr\.? \w+|maya|an?y? \w+|the \w+|your \w+|\w+ the (?:therapist|practice)))?"
A_CRISIS = r"(?:(?:an? |any |the |each )?(?:crisis|crises|emergency|emergencies|danger)|that)"
A_WAIT = rf"wait\w*(?: for(?: an?| the| any| \w+)? (?:answer|text|reply|call(?: back)?|session|it|us|me|one)|{THEM})"
STEPS = rf"(?:{BOX}|(?:the )?crisis (?:lines?|calls?)|(?:a )?calls? in (?:a crisis|danger|an emergency))"
PAUSES = (
    r"(?:(?:the |a |any |our )?(?:quiet hours|pauses?(?: in texting)?|breaks?|caps?|limits?|fees?|holidays?"
    r"|time away) )?"
)
DELAYS = (
    r"(?:costs?|waits?|charg\w+|count\w*|bill\w*|limit\w*|stops?|rests?|paus\w+|delay\w*|chang\w+|end\w*"
    r"|hold\w*|touch\w*)"
)
WAITS_NOT = r"(?:costs?|waits?|charg\w+|count\w* (?:as|toward)\w*|bill\w*|limit\w*|stops?|rests?|paus\w+|delay\w*)"
WHENEVER = (
    r"(?:,? (?:and |also |too )?(?:at night|on holidays|at weekends?|on weekends?|all year|by day|day and night"
    r"|at any hour"
    r"|while \w+ \w+ is away|while we are away|for you(?: too)?|for \w+(?: too)?))*"
)
PERSON = (
    r"(?:dr\.? \w+|your therapist|the therapist|the law|the practice"
    r"|they|we|she|he|courts?|(?:a |the |your )?(?:guardian"
    r"|parent)s?)"
)
FINE: tuple[str, ...] = (  # in this order: each takes out what the next ones do not see
    # the box itself
    rf"(?:do|does) not (?:have|need) to text(?: first)? to use {BOX}",
    rf"(?:(?:the )?steps in )?{BOX} (?:comes? (?:first|before (?:this|our|the|any) \w+)|wins?|counts?|(?:is"
    rf"|are) (?:always )?(?:there|here"
    rf"|for (?:danger|that|this|you|everyone|both of \w+|any \w+)|on (?:your|the|this) \w+|on paper|at the top"
    rf"|first)){AT_ONCE}",
    rf"{BOX} (?:shows?|tells?|says?) (?:you )?(?:whom|who|where|what) to \w+{AT_ONCE}",
    rf"{BOX} (?:names|lists|has|gives) (?:a |the )?(?:line|number|way)s?(?: (?:that|for|to)(?: \w+){{1,2}})?",
    rf"{BOX} holds?{WHENEVER}",
    rf"(?:read|know|look at|keep) {BOX} (?:first|before you (?:text|write))",
    rf"(?:know|shows?|says?) where {BOX} (?:is|are)|with {BOX}|nothing(?: here)? (?:ever )?changes {BOX}",
    rf"(?:never|do not|don't) (?:ever )?(?:skip|ignore|forget) {BOX}",
    rf"{DO}(?:use|go by|follow|read|see|open|turn to|go to|take|look at|start (?:at|with)|get|keep|have){AT_ONCE}"
    rf" {BOX}{AT_ONCE}",
    rf"(?:no one|nobody) (?:may|can) (?:ever )?change {BOX}",
    rf"(?:in (?:danger|a crisis|an emergency),? )?(?:at )?any (?:hour"
    rf"|time)[:,] (?:it is )?{BOX}{AT_ONCE}(?= ?[.!]| ?$)",
    rf"in (?:danger|a crisis|an emergency)[:,]? (?:always |only )?{BOX}{AT_ONCE}(?= ?[.!]| ?$)",
    r"(?:the )?(?:crisis|help|night|24[- ]?hour) lines? (?:is"
    r"|are) (?:always )?(?:there|open|free)(?: for (?:you|everyone|any\w*"
    r"|every\w*|all)(?: (?:kinds? of )?\w+)?)?",
    # what never waits and never costs
    r"(?:a |any |no )?(?:crisis|emergency) calls? (?:is|are) (?:never|not) (?:too (?:much|many|late|early|small)"
    r"|a (?:burden|bother|problem)|wrong)",
    r"(?:if|when|before|once|as soon as) you (?:\w+ ){0,2}(?:mov\w+"
    r"|travel\w*)(?: or \w+)*,? (?:please )?(?:tell|let) (?:us"
    r"|me|dr\.? \w+)(?: know)?,? so (?:that )?(?:the |your )?crisis (?:numbers?|lines?|steps?|box) (?:fits?|match\w*"
    r"|works?|(?:is|are|stays?) (?:right|true))",
    rf"{PAUSES}{NEVER} (?:be |ever )?(?:(?:\w+ up|apply|{DELAYS}) (?:for |to |on |of )?|for ){STEPS}",
    rf"{STEPS}(?: and (?:\w+ ){{1,3}}?)?,? (?:will |can |do |does |are |is )?{NEVER}(?: be| ever)? {WAITS_NOT}"
    rf"(?: (?:you )?(?:anything|money|at all|extra|for anything|a thing))?"
    rf"(?:,? (?:and|or|nor) (?:never )?{WAITS_NOT})*",
    rf"{STEPS},? (?:are|is|stays?|costs?) (?:always |you )?(?:free(?: of charge)?|open|nothing)",
    r"(?:and )?(?:they|it|these|this) (?:costs? nothing|never costs?(?: anything)?|(?:is|are) (?:always )?free)",
    # texts are not for danger
    rf"(?:texts?|texting|messages?|it|this|this \w+)(?: (?:is|are|was))? (?:\w+ )?{NEVER}(?: (?:meant|made|there"
    rf"|used|the place|the way|right))?(?: (?:for|in|during|to))? {A_CRISIS}(?! (?:box|steps?|lines?|calls?))",
    rf"(?:texts?|texting|messages?) (?:is|are) for [\w ,]{{1,40}}?,? (?:never|not) (?:for|in|during) {A_CRISIS}",
    r"no (?:crisis|emergency) (?:texts?|messages?)(?:,? please)?",
    rf"(?:texts?|texting|this \w+|it) (?:can|does|do|will)? ?{NEVER}? ?replaces? (?:{BOX}|(?:the |a )?\w+ plan)",
    rf"only calls count (?:when it is|in) {A_CRISIS}",
    r"(?:nobody|no one|(?:dr\.? \w+|we) (?:does not|do not|doesn't|don't|never))(?: here)? (?:watch|look|read"
    r"|check|see)\w*(?! (?:people|clients|patients|anyone|anybody|those|you"
    r"|someone))(?: (?:for|out|the|phones?|emergencies|crises|danger|texts|messages|live|in|all"
    r"|day|and|night|at|our|your|any hour|them))*",
    rf"{DO}{NOT} (?:(?:ever|use|send|rely on|count on|go by|in danger|a) )*{TEXT}{THEM}"
    rf"(?:,? (?:and|or|nor) (?:do not |don't |never |not )?(?:{TEXT}|{A_WAIT}))*"
    r"(?! (?:is|are|was|were|will|goes|gets|stays|too|can|could|should|may)(?!\w))",
    rf"(?:no |not a )?text is (?:ever |never )?needed before you (?:call|ask|go)(?: for)?(?: {HELPER})?",
    rf"{DO}{NOT}(?: need to| has to| have to| ever)? {A_WAIT}"
    rf"(?:,? (?:and|or|nor) (?:do not |don't |never |not )?{TEXT}{THEM})*",
    # help, at once
    rf"(?:text or call|call or text|text|message) (?:the |a )?(?:crisis |help|24[- ]?hour )?line{AT_ONCE}",
    rf"{DO}(?:call|ring|phone|dial|reach|contact|go to|get(?: to)?|turn to)(?: for)? {HELPER}(?: (?:in|from|on|of)"
    rf" {BOX})?(?:,? or (?:go to|call|ring) {HELPER})?{AT_ONCE}",
    r"(?:get )?(?:medical )?(?:care|help)(?: for (?:a|the) wound)?(?: comes)? first|get (?:medical )?care"
    r"(?: for (?:a|the) wound)?",
    # what this is not, and what the law asks
    r"not (?:a |an |our )?(?:promise to (?:stay|keep|be) \w+(?: or \w+)?|(?:crisis|emergency|safety) (?:service"
    r"|line|plan))",
    rf"{PERSON} (?:may|can|might|could|must) (?:also )?(?:have to |let "
    rf"|require )?(?:dr\.? \w+ )?(?:to )?(?:be )?(?:tells?"
    r"|told|requires?|shares?|informs?)(?: (?!you\b|me\b|by\b|to\b|wait|until|later)\w+){1,4}",
    rf"{PERSON} (?:may|can|might|will try to) (?:ask|call|send)(?: for)? (?:emergency )?help(?: to come)?",
    r"they may be told more",
    r"(?:the )?crisis numbers? (?:\w+ )?(?:change|differ|depend|come|are)\w*(?: on| from)?(?: where you (?:live"
    r"|are))?",
    # looking back, and the rule of coaching (H24 asks for the rest)
    r"(?:sooner |also )?after (?:a|any|each|every) (?:crisis|emergency)(?:, (?:a )?hurt)?(?:,? or time away)?",
    r"(?:no|not|never|don't) (?:send )?(?:photos?|pictures?|images?)(?: of self[- ]?harm| of wounds)?",
    r"(?:after self[- ]?harm|if you (?:have )?(?:hurt|harmed|cut) yourself),? (?:does )?(?:texting|texts) (?:rests?"
    r"|pauses?"
    r"|stops?)(?: for)?(?: (?:24|48|two|a) (?:hours|days?))?",
    r"(?:(?:after self[- ]?harm|if you (?:have )?(?:hurt|harmed|cut) yourself),? )?(?:does |then )?"
    r"(?:skills? )?coaching (?:rests?|waits?|pauses?|stops?|goes on)(?: for)?(?: (?:24|48|two|a) (?:hours|days?))?",
    r"no (?:skills? )?coaching for (?:24|48) hours(?: after self[- ]?harm)?",
    NO_DANGER,
)
