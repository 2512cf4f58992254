package dev.tempo.verification.text;

import java.util.regex.Pattern;

/** The phrases by which {@link Stance} tells what is stated; all in lower case, English and Chinese. */
final class StancePhrases {
    private static final String CONCLUSIONS =
            "\\b(?:so|thus|hence|therefore|then|(?<!anything )but|however|leaving|leaves)\\b|所以|因此|因而|从而|故|但是?|于是|那么|则";
    static final Pattern CONCLUSION = Pattern.compile(CONCLUSIONS);
    /** The words before which nothing counts for what stands behind them. */
    static final Pattern BREAK = Pattern.compile(CONCLUSIONS + "|:");

    /** A verb that belongs to the negation before it: "never equals". */
    static final Pattern VERB_OF_NEGATION = Pattern.compile("^ (?:equals|is|gives|yields|becomes)\\b");

    private static final String NEGATION =
            "(?:\\bnot\\b(?! only)|n't\\b|\\bnever\\b|\\bcannot\\b|\\bneither\\b|\\bnor\\b"
                    + "|\\bimpossible\\b|\\bunable\\b|\\bfail(?:s|ed)? (?:to|for|at|when|with|if)\\b|\\bother than\\b|\\bdifferent from\\b|\\banything but\\b"
                    + "|\\bdiffers? from\\b|\\bexcept\\b|\\bexclud\\w+|\\brather than\\b|\\binstead of\\b|\\bwithout\\b|\\bfar from\\b|\\bdepends? (?:up)?on\\b"
                    + "|\\brules? out\\b|\\bruled out\\b|\\breject(?:s|ed)?\\b|\\bdiscard(?:s|ed)?\\b)";

    /** A verb of the main clause: a negation in front of it belongs to a subordinate clause. */
    private static final String VERB =
            "(?:\\b(?:is|are|was|were|equals|gives|yields|becomes|makes|contains|remains?)\\b|=|\\bwe (?:have|get|find|obtain|conclude|see)\\b)";

    static final Pattern DENIED_BEFORE = Pattern.compile(NEGATION + "(?<gap>[^?]*)$");
    static final Pattern MAIN_VERB = Pattern.compile("(?<!does |do |did |to |can |could |cannot )" + VERB);
    static final Pattern DENIED_WHATEVER_FOLLOWS = Pattern.compile(
            "(?:\\bnot|n't|\\bnever|\\bcannot|\\bnobody|\\bno one) (?:\\w+ )?(?:think|thinks|believes?|says?|said|claims?|mean"
                    + "|agree|accept|true|the case|correct|right|sure|certain|convinced|follow|imply|prove|show|conclude)\\b"
                    + "|(?<!\\bno |\\bwithout )\\b(?:doubt|deny|denies|disagree|untrue|refute|contradict)\\w*|\\bfalse that\\b|\\bwhether\\b[^,]*$"
                    + "|\\bno (?:\\w+ )?(?:root|solution|zero|value|answer)s? (?:at|for|of|like|near)\\b|\\bno\\b[^,;]*\\b(?:such that|with|for which|satisfying|where|whose|equals?|gives?)\\b"
                    + "|\\b(?:wrong|incorrect|false|bad|naive|tempting|mistaken|erroneous|invalid|rejected)(?: \\w+)? "
                    + "(?:answer|solution|result|value|guess|conclusion|claim|option|choice)s?\\b"
                    + "|(?:不是|并非|不等于|不可能|不为|不会是|没有|无法得到|得不到|不能是|排除|而非|错误答案|除了|不应|不该)[^,，]*$");

    /** A word between an answer and its predicate that starts no clause of its own. */
    private static final String WORD =
            "(?:\\s+(?!that\\b|which\\b|who\\b|since\\b|because\\b|as\\b|if\\b|while\\b|where\\b|and\\b|so\\b|but\\b)[\\w/^-]+)";

    private static final String AUXILIARY =
            "(?:is|are|was|were|does|do|did|can|could|will|would|must|should|has|have|need)";
    private static final String REFUSAL = AUXILIARY + "(?:n't| not)|can ?not|can't|won't|never";
    static final Pattern DENIED_AFTER = Pattern.compile(
            "^[\\s\"'”(){}\\]$*]*(?:\\b(?:" + REFUSAL + ")(?! only\\b)|" + WORD + "{1,4}?\\s*\\b(?:" + REFUSAL
                    + ")(?: \\w+)? (?:works?|satisf\\w+|holds?|fits?|match\\w*|solves?|counts?|qualif\\w+|correct|right|valid|true"
                    + "|possible|enough|sufficient|allowed|an? (?:valid |possible )?(?:answer|solution)|the (?:\\w+ )?(?:answer|solution))\\b|"
                    + WORD + "{0,4}?\\s*(?:\\bfails\\b|\\bviolates?\\b|\\bcontradicts?\\b"
                    + "|\\b(?:is|are|was|were|seems?|looks?|(?:would|must|can|could|should) be)(?: \\w+){0,2} (?:wrong|incorrect|false|untrue|impossible|invalid"
                    + "|excluded|eliminated|rejected|discarded|extraneous|inadmissible|absurd|unacceptable|ruled out|out of the question"
                    + "|too (?:large|small|big|high|low|many|few|much|little))\\b|\\bleads? to a contradiction\\b|\\b(?:wrong|incorrect)\\b))"
                    + "|^[\\s$)]{0,3}(?:rejected|excluded|discarded|extraneous|impossible|invalid|ruled out)\\b|^[^,，;；]{0,12}(?:不对|不行|不成立|不正确|不符|不满足|不是|不合|不可能|不能|是错|错误|错了|舍去|应舍|排除|被排除|矛盾)");

    /** A later clause, or the next sentence, that takes the answer back. */
    static final Pattern TAKEN_BACK = Pattern.compile(
            "(?:^|\\b(?:but|however|though|yet),? )[^a-z\\u4e00-\\u9fff]*(?:(?:but|no|however|actually|wait|hmm|sorry|unfortunately),? )*(?:this|that|it|which)"
                    + "(?: (?:is|was|seems|looks|must be|turns out to be|turned out to be)|'s)(?: \\w+)? (?:wrong|incorrect|false|impossible|invalid|mistaken"
                    + "|not (?:right|correct|true|possible|valid|the (?:right |correct )?answer)|(?:a|my) mistake|an error)\\b|^\\W*(?:这|那|但这|但)?(?:是)?(?:不对|错的|错误的|不正确)");

    private static final String COMPARED =
            "(?:more|less|fewer|greater|larger|smaller|higher|lower|bigger|older|younger|longer|shorter|taller|later|earlier)";
    static final Pattern BOUNDED_BEFORE = Pattern.compile("(?:\\b" + COMPARED
            + " than(?: or equal to)?|\\bat (?:least|most|minimum|maximum|best|worst)|(?<!\\badd |\\badds |\\badding |\\bsum |\\bsums )\\bup to|\\bexceed(?:s|ing|ed)?|\\bsurpass(?:es|ing)?"
            + "|\\bbounded (?:above |below |from above |from below )?by|\\b(?:upper|lower) bound(?: of| is| equals)?"
            + "|\\bno (?:more|less|fewer) than|\\b(?:is|are|be|well|strictly|just|always) (?:above|below|beyond|under|over)"
            + "|\\b(?:limited|restricted) to|\\bat the (?:least|most)|\\bbetween\\b.{1,40}\\band|\\brang(?:e|es|ing) (?:from|between)\\b.{1,40}|\\bfrom\\b.{1,30}\\bto|\\banywhere\\b.{1,40}"
            + "|\\bsomewhere\\b.{1,40}|\\b(?:nearly|almost|close to|near)"
            + "|(?:至少|至多|最多|不少于|不多于|不超过|不小于|不大于|不低于|不高于|大于|小于|多于|少于|超过|低于|高于|不到|不足|接近|将近|不止|不只|远大于|远小于|介于.{1,30})(?:等于|有|为|是|需要?|要)?)"
            + "(?:(?: the| a| an)? (?:value|number|total)(?: of)?)?[\\s$(\\\\\"'“=:]*$");
    static final Pattern BOUNDED_AFTER = Pattern.compile(
            "^-?ish\\b|^[\\s$)}\\]\"'”*]*" + WORD
                    + "{0,2}?\\s*(?:\\bor (?:more|less|fewer|greater|larger|smaller|above|below|higher|lower|so)\\b|\\bat (?:least|most|best|worst)\\b"
                    + "|\\band (?:above|below|up|more|beyond)\\b|\\bis (?:only |just |merely )?(?:an?|the|our|my) (?:\\w+ )?(?:upper |lower )?(?:bound|estimate|approximation)\\b"
                    + "|\\bis (?:a|the) (?:minimum|maximum) bound\\b|\\p{IsHan}{0,3}(?:以上|以下|以内|之内|左右|上下)|是(?:一个)?(?:上界|下界|上限|下限))");

    static final Pattern HEDGED_BEFORE = Pattern.compile(
            "\\b(?:maybe|perhaps|possibly|probably|presumably|conceivably|guess\\w*|unsure|uncertain|wonder|suspect|supposedly|allegedly|either)\\b"
                    + "|\\bnot (?:\\S+ ){0,2}(?:sure|certain|clear)\\b|\\b(?:some|others|many|most|people|students|everyone|they|one)\\b[^,]*\\b(?:says?|thinks?|answers?|claims?|believes?|argues?|gets?)\\b|\\b(?:might|may|could)(?: \\w+){0,4}\\s*[$(\\\\\"'“]*$"
                    + "|\\blikely(?: to be| is)?\\s*[$(\\\\\"'“]*$|\\b(?:seems?|appears?|looks?)(?: to be| like)?\\s*[$(\\\\\"'“]*$"
                    + "|\\b(?:one of|among)\\b(?![^.]*(?:\\b(?:is|are)\\b|=))[^.]*$|\\bor(?: maybe| perhaps| even)?\\s*[$(\\\\\"'“]*$|(?:也许|可能是?|或许|大概是|恐怕|似乎|好像|猜|估计|不确定|说不定|要么|或者?是?)[^,，。]{0,12}$");
    /** The phrases of doubt that count in front of a colon too, unlike {@link #HEDGED_BEFORE}. */
    static final Pattern HEDGED_AT_ALL =
            Pattern.compile("\\bnot (?:\\S+ ){0,2}(?:sure|certain)\\b|\\b(?:unsure|uncertain|unclear)\\b|不确定");

    static final Pattern HEDGED_AFTER = Pattern.compile(
            "^[\\s$)}\\]\"'”*]*(?:,? ?(?:maybe|perhaps|possibly|probably|presumably|i guess|i suppose|or|seems|looks|appears|sounds|might|may|could)\\b|(?:吧|吗|或|还是|的可能))|\\b(?:unsure|not sure|uncertain|not certain|no guarantee|(?:just |only |plausible |wild |educated )?guess)\\b|^[^.!。！]*[?？]");

    static final Pattern SUPPOSED_BEFORE = Pattern.compile(
            "^\\s*(?:now |first |next |say |and |or |we |i |let us |let's |can we )*(?:suppose|assume|assuming|supposing|let|if(?![^,]*\\b(?:get|gets|gives?|obtains?|finds?|yields?)\\b)|try|tried|trying|test(?:ing)?|consider|imagine|had|were|unless)\\b[^,]*$"
                    + "|^[\\s]*(?:假设|假如|假定|如果|若|设|令|要是|倘若)[^,，得]*$");

    /** The phrases of giving up that count at any time before the answer. */
    static final Pattern SURRENDER_BEFORE = Pattern.compile(
            "\\b(?:give|gave|giving) up\\b|\\brefuse to\\b|\\bdecline to\\b|\\bno (?:idea|clue)\\b|\\banswer (?:is|remains) (?:unknown|unclear)\\b|\\bi(?: am|'m) stuck\\b|\\bi (?:really |just |simply )?(?:do not|don't) know\\b"
                    + "|不知道|不会做|不会解|放弃|做不出|求不出|解不出|算不出|没有思路|无法(?:解|求|确定|回答|得出|判断|计算)|条件不足|我不会\\b|我不会[。！，]?$");
    /** The phrases of giving up that count of the answer itself, or behind it. */
    static final Pattern SURRENDER = Pattern.compile(SURRENDER_BEFORE.pattern()
            + "|\\b(?:do not|don't|did not|didn't) know\\b|\\bi quit\\b|\\bsorry\\b|\\bunsolvable\\b|\\binsoluble\\b|\\bno answer\\b|\\bwithout success\\b|\\bin vain\\b|\\binsufficient\\b|\\b(?:i|we) (?:have )?(?:spent|wasted|tried|attempted)\\b|\\bran out of time\\b|\\bnot enough (?:information|data)\\b"
            + "|\\b(?:cannot|can't|can not|could not|couldn't|unable to|not able to|failed to) (?:be )?(?:(?!the\\b)\\w+ )?(?:solved?|answer(?:ed)?"
            + "|determined?|find|finish|figure|decided?|complete|conclude|proceed)\\b");

    /** A number that only names a place or counts efforts. */
    static final Pattern CITED_BEFORE = Pattern.compile(
            "(?<!\\b(?:answer|result|solution) is )\\b(?:steps?|problem|equations?|eqs?|theorem|lemma|corollary|figure|fig"
                    + "|section|page|question|exercise|example|line|chapter|table|proposition|footnote)\\.?\\s*[(\\[]?\\s*[$\\\\(]*$");

    static final Pattern CITED_AFTER = Pattern.compile("^\\s*(?:failed |unsuccessful |hard )?(?:tries|attempts)\\b");
    static final Pattern CITED_IN_CHINESE = Pattern.compile("第\\s*$");
    static final Pattern CITED_ITEM = Pattern.compile("^\\s*[题步页章节行式次]");
    /** The words for what would be so if something else were. */
    static final Pattern WOULD = Pattern.compile("\\bwould (?:then |have )?(?:be|been|equal)\\s*[$(\\\\]*$");

    static final Pattern IF = Pattern.compile("\\b(?:if|unless|provided|had)\\b");

    private StancePhrases() {}
}
