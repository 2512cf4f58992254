package dev.tempo.verification.choice;

import java.util.regex.Pattern;

/**
 * The words that stand before a named option, in English and Chinese: they make it the answer, deny it or leave it open. All
 * patterns see at most 200 characters in lower case, from the last comma, bracket or conjunction on.
 */
final class WordsBefore {
    static final String ADVERBS =
            "[a-z]+ly|indeed|therefore|thus|then|hence|just|both|all|of|again|still|in fact|for sure"
                    + "|for certain|of course|also|now|so|most|very|quite|well|rather|actually";

    /** The words between the one that states an answer and the option. */
    private static final String FILLERS = "(?:[\\s:\"({]|\\b(?:" + ADVERBS
            + "|options?|choices?|answers?|letters?|statements?|the|an?|number|that|correct|right|best|one)\\b)*+$";

    private static final String ANSWER_NOUNS =
            "answers?|options?|choices?|solutions?|conclusion|result|selection|pick|guess|verdict"
                    + "|response|letters?|final|correct|right|true|key|ans|bet|statements?|winner|réponse|respuesta|correcta|antwort";

    private static final Pattern STATED = Pattern.compile("\\b(?:" + ANSWER_NOUNS + ")"
            + "(?: (?:to|for|of|in|here|on|by|letter|choice|option|options|answer|correct|number|from|which|that|i|we|should|must|question"
            + "|problem|this|the|my|given|above|be|elimination|choose|pick|select|best|case|as|follows|clearly|ones?|statements?))*"
            + " ?(?:(?:is|are|was|were|would be|should be|must be|will be|has to be|have to be|can only be|could only be|remains"
            + "|lautet|ist|est|es|'s)\\b|=|:|->|=>|→|⇒|-|–|—)" + FILLERS);

    private static final Pattern POINTED =
            Pattern.compile("\\b(?:it|that|this|they|these|those|answer|'s)(?: |')?(?:is|are|was|s|'s|must be"
                    + "|has to be|have to be|should be|would be|will be|can only be|could only be|must therefore be)\\b"
                    + FILLERS);

    private static final Pattern CHOOSING =
            Pattern.compile("\\b(?:choos(?:e|ing)|chose|pick(?:ed|ing)?|select(?:ed|ing)?"
                    + "|go(?:ing)?(?: with| for)?|went with|opt(?:ed|ing)? for|settled? (?:on|for)|guess|vote for|mark(?:ed)?|circle|tick|bet on"
                    + "|answer(?:ed)?(?: with)?|conclude|say|leav(?:es|ing)|left with|points? (?:to|at)|commit to|stick(?:ing)? with"
                    + "|decided? (?:on|for)|submit|corresponds? to|matches)" + FILLERS);

    private static final Pattern OPENING = Pattern.compile("^(?:[\\s:,({\\[\"∴⇒→]|=>|->|-|\\b(?:" + ADVERBS
            + "|ok|okay|overall|ergo|in conclusion|in summary|in short|to conclude|conclusion|final|ie|i think"
            + "|i believe|i guess|i'd say|i would say|i say|i'd guess|i would guess|i'd go|yes|right|options?|choices?|answers?|ans"
            + "|letters?|statements?|number|the|but|and|meaning|leaving|wait|hmm|oh|that is|it|must be|by elimination|solution|result"
            + "|correct|my|sure|that|one|ones|is|are|be|to be|as well as)\\b)*+$");

    private static final Pattern COPULA = Pattern.compile("\\b(?:is|are|be|remains|'s|was)" + FILLERS);

    private static final Pattern DENIED = Pattern.compile(
            "\\b(?:not|no|never|nor|neither|none|cannot|[a-z]+n't|hardly|except(?:ing)?"
                    + "|exclud(?:e|es|ed|ing)|eliminat(?:e|es|ed|ing)|rul(?:e|es|ed|ing) out|reject(?:s|ed|ing)?|discard(?:s|ed|ing)?"
                    + "|dismiss(?:es|ed|ing)?|rather than|instead of|as opposed to|opposed to|unlike|other than|apart from|aside from|opposite of"
                    + "|contrary to|versus|vs|against|wrong|incorrect|false|untrue|mistakes?|mistaken(?:ly)?|error|traps?|distractors?"
                    + "|second (?:choice|guess|option|best|place)|runner-up|inferior|avoid(?:s|ed|ing)?|wrongly|incorrectly|falsely|cross(?:ed|ing)? out"
                    + "|str(?:ike|uck) out|rid of|far from|without|everything besides|non|better than|nobody|no one|decoys?|doubt(?:s|ful)?)\\b(?!, )|\\bover$");

    private static final Pattern HARMLESS = Pattern.compile(
            "\\b(?:no doubt|without (?:a |any )?doubt|beyond (?:any |a )?doubt|no question"
                    + "|not only|not just|none other than|nothing (?:other than|else than|except)|no other (?:than|option than)|no option except"
                    + "|can(?:no|')t be anything except|over all|overall|there is no other way|no surprise)\\b|毫无疑问|无疑|不难|不妨|不仅|不但|不只|不用说");

    /** A denial whose object is not the option itself but another's word for it. */
    private static final Pattern ABOUT_WRONG = Pattern.compile(
            "(?:\\b(?:wrong|incorrect|false|untrue|not (?:true|correct|right|valid))\\b.*(?:\\b(?:is|are|one)\\b|:)|(?:错误|不正确|不对|有误|不恰当|不合理|不成立|不准确)的?"
                    + "(?:一项|选项|说法|叙述|表述)?(?:是|为|有)?[:：]?)" + FILLERS);

    private static final Pattern DOUBTED =
            Pattern.compile("\\b(?:maybe|perhaps|possibly|might|may|could|can(?: also)? be|either|unsure"
                    + "|uncertain|whether|plausibly|conceivably|alternatively|alternative|tempted|torn|if|suppose|assuming|potential(?:ly)?|between"
                    + "|candidates?|contenders?|possibilit(?:y|ies)|or|else|wonder(?:ing)?|any of|one of|first choice)\\b|可能|也许|或许|要么|好像|似乎|恐怕"
                    + "|或|还是|如果|假如|若|假设|介于|倾向");

    private static final Pattern CERTAIN_AFTER_ALL =
            Pattern.compile("(?:can|could) only be|could (?:not )?be none other");

    private static final Pattern OTHERS =
            Pattern.compile("\\b(?:students?|people|many|they|he|she|someone|somebody|some|one (?:may|might|could)"
                    + "|you (?:may|might|could)|my (?:friend|teacher|colleague)|initially|at first|originally|i thought|first thought|commonly|(?:was|were) (?:going|about) to|would have|wanted to|considered)\\b"
                    + "|\\b(?:user|author|text|passage|book|textbook|teacher|professor|friend|question|hint)s? (?:says?|said|thinks?|claims?|suggests?|states?|believes?|chose|chooses|picks?)\\b"
                    + "|有人|很多人|同学|学生|起初|一开始|原以为|乍看|误以为");

    private static final Pattern CHOSEN_HAN = Pattern.compile(
            "(?:(?:答案|正解|结论)[^,。]{0,12}|(?:故|应|应该|只|可|本题|因此|所以|我|当|要|则|必)?选(?:择|出|的是|的)?|而是|故答案|填)(?:应该?)?(?:是|为|选|即)?[:\\s]*$");

    private static final Pattern OPENING_HAN = Pattern.compile(
            "^(?:故|则|所以|因此|因而|从而|综上(?:所述)?|于是|得|可得|即|只有|就是|就|那么|选项|选|为|是|正确|答|解|我认为|我觉得|因为|由于|但|而|其中|另外|项|说法|显然|[:\\s])*+$");

    private static final Pattern COPULA_HAN = Pattern.compile("(?<![因作称成视认])(?:是|为)[:\\s]*$");

    private static final Pattern RIGHT_HAN =
            Pattern.compile("(?:正确|符合题意|符合要求|成立|对)的?(?:一项|选项|说法|叙述|表述)?(?:是|为|有)?[:\\s]*$");

    private static final Pattern DENIED_HAN = Pattern.compile("不|非(?!常)|没|未|勿|排除|除|错|误|无法|怎么|难道|为何|为什么|岂");

    private static final Pattern MODAL =
            Pattern.compile("\\b(?:may|might|could|can)(?: (?:also|well|possibly|equally|just))* be\\b");

    private static final Pattern ANNOUNCING = Pattern.compile("(?:answers?|choice|option|solution|答案|选)\\s*:?$");

    private WordsBefore() {}

    /** Whether the left side names the option as the answer to a question for what is wrong. */
    static boolean asksForWrong(String left) {
        return ABOUT_WRONG.matcher(left).find();
    }

    /** The left side without words that only look like a denial. */
    static String withoutIdioms(String left) {
        return HARMLESS.matcher(left).replaceAll(" ").strip();
    }

    static boolean denied(String left) {
        return DENIED.matcher(left).find() || DENIED_HAN.matcher(left).find();
    }

    static boolean doubted(String left) {
        return DOUBTED.matcher(CERTAIN_AFTER_ALL.matcher(left).replaceAll("is")).find();
    }

    /** The left side as it would be without its doubt. */
    static String undoubted(String left) {
        String plain = MODAL.matcher(left).replaceAll("is");
        return DOUBTED.matcher(plain).replaceAll(" ").replaceAll("\\s+", " ").strip();
    }

    /** Whether the condition is what the left side is about, as in "if A". */
    static boolean supposes(String left) {
        return left.startsWith("if")
                || left.startsWith("whether")
                || left.startsWith("suppos")
                || left.startsWith("assum")
                || left.startsWith("如果")
                || left.startsWith("若")
                || left.startsWith("假");
    }

    static boolean announces(String line) {
        return stated(line) || ANNOUNCING.matcher(line).find();
    }

    static boolean saidByOthers(String left) {
        return OTHERS.matcher(left).find();
    }

    static boolean stated(String left) {
        return STATED.matcher(left).find()
                || POINTED.matcher(left).find()
                || CHOOSING.matcher(left).find()
                || CHOSEN_HAN.matcher(left).find();
    }

    static boolean opens(String left) {
        return OPENING.matcher(left).matches() || OPENING_HAN.matcher(left).matches();
    }

    static boolean endsInCopula(String left) {
        return COPULA.matcher(left).find() || COPULA_HAN.matcher(left).find();
    }

    static boolean callsWhatFollowsRight(String left) {
        return RIGHT_HAN.matcher(left).find();
    }
}
