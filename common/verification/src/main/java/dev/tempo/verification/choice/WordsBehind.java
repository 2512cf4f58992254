package dev.tempo.verification.choice;

import java.util.regex.Pattern;

/**
 * The words that stand behind a named option, in English and Chinese: they call it right, wrong or possible, or give a reason. All
 * patterns see at most 200 characters in lower case, up to the next comma, bracket or conjunction.
 */
final class WordsBehind {
    private static final String SUBJECTS =
            "(?:[\\s:,—–\\-.)]|\\b(?:this|that|it|option|choice|one|statement|answer|both|all|alone|together|also|each|do|does)\\b)*";

    private static final String COPULAS =
            "(?:(?:is|are|was|were|seems?|looks?|appears?|must be|has to be|have to be|should be|would be|will be|being|remains?|to be|'s)\\b[\\s:]*)";

    private static final String NOT_RIGHT =
            "(?:not|never|hardly|scarcely)\\b(?: (?:the|an?|one|of|quite|really|entirely|even|my))*(?:$| (?:correct|right|true|valid|answer|best"
                    + "|option|choice|it|possible|appropriate|among|part))";

    private static final Pattern CALLED_WRONG =
            Pattern.compile("^" + SUBJECTS + "(?:" + COPULAS + "(?:(?:" + WordsBefore.ADVERBS
                    + "|the|an?|my|too|that)\\s+)*(?:" + NOT_RIGHT
                    + "|wrong|incorrect|false\\b|untrue|invalid|inaccurate|impossible|mistaken|traps?\\b"
                    + "|distractors?|excluded|eliminated|ruled out|rejected|discarded|dismissed|out\\b|second (?:choice|guess|option|best)|red herring|decoy)"
                    + "|(?:isn't|aren't|wasn't|weren't)(?:$| (?:correct|right|true|valid|the|it|possible|an?|one))"
                    + "|(?:cannot|can't|can not|couldn't|could not) be(?:$| (?:correct|right|true|valid|the|it|an?))"
                    + "|(?:doesn't|don't|does not|do not|cannot|can't)(?:$| (?:fit|hold|work|apply|qualify))|fails$|wrong\\b|incorrect\\b|false\\b|[✗×❌✘]\\s*$|no$"
                    + "|not (?:correct|right|true|valid|the))");

    private static final Pattern CALLED_WRONG_HAN = Pattern.compile(
            "^(?:选项|项|两项|三项|[:\\s]|都|均|也|是|为|说法|表述|叙述|则|的|显然|明显|就|而)*+(?:错|不|有误|误|排除|非|与题意不|无关|×|✗|[ＸX]$)");

    private static final Pattern CALLED_RIGHT = Pattern.compile(
            "^" + SUBJECTS + "(?:" + COPULAS + "?(?:(?:" + WordsBefore.ADVERBS + "|the|one|my|too|and)\\s+)*"
                    + "(?:correct(?!ed|s)|right\\b|true\\b|valid\\b|accurate\\b|answers?\\b|(?:final|best|correct|right|only|suitable|appropriate|reasonable|single|correct and only)? ?(?:answer|choice|option|pick|one|statement)s?\\b|best(?: (?:answer|choice|option|fit|match|one))?\\s*$|best(?: answer| choice| option)|it\\s*$)"
                    + "|" + COPULAS
                    + "the only\\b|(?:fits?|holds?|works?|stands?|is left)\\s*$|remains?\\s*$|[✓√✔✅]|yes\\s*$)");

    private static final Pattern CALLED_RIGHT_HAN = Pattern.compile(
            "^(?:选项|项|、|两项|三项|两者|[:\\s]|都|均|也|是|为|说法|表述|叙述|的|最|才|全|完全|更|显然|则|就)*+(?:正确|对(?!于|应)|符合题意|符合要求|成立|答案|当选|入选|为真|没错|无误|√|✓)");

    private static final Pattern CALLED_POSSIBLE = Pattern.compile(
            "^[\\s:]*(?:(?:may|might|could|can)(?: (?:also|well|equally|as well|possibly|just as well))* "
                    + "(?:be|work|fit|hold)\\b(?: (?:also|equally|the|an?|another|my))*(?:$| (?:correct|right|true|valid|answer|possible|it|acceptable|accepted|fine|option|choice|alternative))"
                    + "|(?:may|might|could)$|(?:(?:is|are|seems?)\\s+)?(?:(?:also|quite|too|equally|an?|the|one|another|just as|as)\\s+)*(?:possible|possibility|plausible|conceivable"
                    + "|alternative|contender|strong candidate|good candidate|likely)(?: as well| too)?$)|^(?:也|都|或|还是)?(?:可能|也许|或许)(?:$|也?(?:正确|对|是))");

    /** The words behind a statement that make it one of several. */
    private static final Pattern CONDITION = Pattern.compile(
            "^[\\s:]*(?:if\\b|unless|depending|provided|otherwise|when\\b|or\\b|else\\b|maybe|perhaps|possibly|\\d{1,2} ?%|或|还是|如果)");

    private static final Pattern HAS_CONDITION = Pattern.compile("\\b(?:if|unless|only when|provided)\\b|如果|若|假设");

    private static final Pattern FREE = Pattern.compile(
            "^(?:$|[^a-z]|(?:because|since|as|for|due|given|by|rather|instead|not|with|which|where|so|here|again|alone|only|in|among"
                    + "|according|based|from|i|we|it|on|this|that|after|while|once|to me|is|are|was|and|but|too|then|at|the|non|over|under|per|,)\\b)");

    private static final Pattern REASON = Pattern.compile(
            "^[\\s.:)}\\]]*(?:$|(?:because|since|as|for|due to|given|by|rather|instead|not|over|versus|alone|only|i think|i believe|i guess|i'd say|definitely|obviously"
                    + "|clearly|certainly|surely|final answer|here|please|then|again|without|of course|non|indeed|it is$)\\b|[-–—(]|(?:选?项)?(?:$|因为|由于|吧|无疑|啊))");

    /** The words behind a comma by which an answer at the start of a sentence goes on to give its reason. */
    private static final Pattern REASON_AFTER_COMMA = Pattern.compile(
            "^(?:because|since|as (?!for)|for|due to|given|not|rather|so|by|obviously|clearly|certainly|definitely|of course|i |and not|but not|instead"
                    + "|the only|the correct|the right|final answer|possibly|maybe|perhaps|or |因为|由于|理由)");

    private static final Pattern NO_ANSWER_AFTER_COMMA = Pattern.compile(
            "^(?:which|whose|being|like|on the other|too|also|in contrast|however|though|with|where|unlike|for example|for instance)\\b");

    /** The shortest way to judge an option, before the next one is named. */
    private static final Pattern BARE_VERDICT = Pattern.compile(
            "^[\\s):]*(?:is )?(?:correct|right|true|wrong|incorrect|false|yes|no|对|错|正确|错误|[✓√✔✅✗×❌✘])[\\s,.;(]*$");

    private WordsBehind() {}

    static boolean isConditional(String right) {
        return CONDITION.matcher(right).find();
    }

    static boolean hasCondition(String right) {
        return HAS_CONDITION.matcher(right).find();
    }

    static boolean isBareVerdict(String between) {
        return BARE_VERDICT.matcher(between).matches();
    }

    static boolean calledWrong(String right) {
        return CALLED_WRONG.matcher(right).find()
                || CALLED_WRONG_HAN.matcher(right).find();
    }

    static boolean calledRight(String right) {
        return CALLED_RIGHT.matcher(right).find()
                || CALLED_RIGHT_HAN.matcher(right).find();
    }

    static boolean calledPossible(String right) {
        return CALLED_POSSIBLE.matcher(right).find();
    }

    /** Whether what follows belongs to no name of another thing, as in "C major". */
    static boolean isFree(String right) {
        return FREE.matcher(right).find();
    }

    static boolean isReason(String right) {
        return REASON.matcher(right).find();
    }

    static boolean isReasonAfterComma(String rest) {
        return REASON_AFTER_COMMA.matcher(rest).find();
    }

    static boolean isAboutTheOption(String rest) {
        return NO_ANSWER_AFTER_COMMA.matcher(rest).find();
    }
}
