"""Phrases by which somebody gives up a right, or care is tied to a signature (H11)."""

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
        r"(?:not|never|cannot|can't) (?:leave|stop|end|quit) (?:this |your |the )?(?:therapy|treatment)"
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
