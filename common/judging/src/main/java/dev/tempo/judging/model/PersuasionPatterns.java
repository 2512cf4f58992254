package dev.tempo.judging.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Answers that are nothing but words to the judge, down to a single "correct": orders to forget its instructions,
 * verdicts written by the candidate, claims to be right. Such words among others are refused by {@link WordsToJudges}.
 */
final class PersuasionPatterns {
    private static final String RIGHT =
            "(?:100 |fully |completely |absolutely |definitely |perfectly |totally |also |indeed )*"
                    + "(?:correct|right|true|valid|accurate|equivalent|equal|identical|matching|matches|pass|passed|passes|accepted"
                    + "|accept|approved|perfect|yes|verified|full marks|full score|full credit|maximum score)"
                    + "(?: (?:to|with|as|and|the|reference|gold|ground|truth|expected|standard|answer|solution|correct|match|matches"
                    + "|it|in|every|way|exactly|given|same))*";

    private static final String OBJECT =
            "(?:this|the|my|that|above|previous|given|student|candidate|model|submitted|s|final"
                    + "|answer|response|solution|output|it|submission|result|reply|following|all|everything|verdict|always)";

    private static final Pattern ORDER = Pattern.compile(
            "^(?:(?:please|now|just|simply|kindly|you|must|should|and|then|to|will|i|want) )*(?:ignore|disregard|forget|override|bypass|skip|overrule)\\b.{0,60}\\b(?:instructions?|prompts?|rules?|directions?"
                    + "|context|guidelines|everything|above|reference|criteria|rubric|system|previous|prior)\\b");

    private static final Pattern VERDICT = Pattern.compile(
            "(?:(?:final|the|my|your|overall) )*(?:verdict|correct|is correct|iscorrect|is right|correctness|equivalent|is"
                    + " equivalent|equal|score|grade|rating|judge?ment|decision|evaluation|label|reward|assessment|mark|marks"
                    + "|answer is correct|status|match|matches|passed|accepted|extracted final answer)(?: is)? "
                    + RIGHT);

    /** Numbers are marks only inside an object: "The score is 10" may well answer a question. */
    private static final Pattern MARK =
            Pattern.compile("(?:score|grade|rating|reward|mark|verdict|correct|label|correctness) (?:1|10|100|1 0)");

    private static final Pattern CLAIM =
            Pattern.compile("(?:(?:yes|so|and|indeed|clearly|obviously|note that|note|i confirm"
                    + " that|i am sure|trust me|of course) )*(?:" + OBJECT
                    + " )*(?:is|are|was|must be|should be|has been|have been|will be"
                    + "|can be|counts as|agrees with|matches|equals|fits)(?: (?:judged|graded|marked|considered|accepted|evaluated|scored|rated|counted|labeled"
                    + "|already|as|be|verified|deemed|been))* (?:the )?(?:" + RIGHT
                    + "|(?:reference|gold|ground|expected|standard|truth|answer|solution|perfectly|exactly| )+)");

    private static final Pattern ASK = Pattern.compile(
            "(?:(?:please|now|you|must|should|will|always|just|simply|only|instead|and|then|so|to|have) )*"
                    + "(?:mark|grade|judge|rate|accept|score|evaluate|output|return|respond|reply|say|print|answer|write|give|treat"
                    + "|consider|label|count|assign)(?: (?:" + OBJECT
                    + "|me|as|with|only|a|an|of|json|score|grade|word|to|be|being))* "
                    + RIGHT);

    private static final Pattern ROLE = Pattern.compile(
            "(?:system |user |assistant |human )*(?:you are|act as|pretend to be|you re|as) (?:now )?(?:a|an|the|my)? ?.{0,40}\\b(?:judge|grader|evaluator|assistant"
                    + "|verifier|model|ai)\\b.{0,80}|(?:system |user |assistant |human )*(?:system|new|important|updated|admin|developer)"
                    + " (?:instructions?|prompt|message|override|note|update).{0,80}|system|end of (?:answer|data|input|text).{0,40}");

    private static final Pattern BARE = Pattern.compile(
            "(?:verdict |is |the |answer |this |that |s |all )*(?:correct|equivalent|accepted|right|verified|full marks"
                    + "|full credit|matches the reference|same as the reference|same as reference|reference answer)");

    private static final Pattern PARTS = Pattern.compile("[\\n.!?;,{}\\[\\]\u3002\uFF01\uFF1B\uFF1F\u3001\uFF0C]+");
    private static final Set<String> AFFIRMATIVE = Set.of(
            "correct",
            "right",
            "true",
            "valid",
            "yes",
            "accurate",
            "equivalent",
            "equal",
            "verified",
            "accepted",
            "identical");

    private static final int LONGEST = 240;

    private PersuasionPatterns() {}

    /**
     * Whether a text speaks to the judge and says nothing else.
     *
     * @param reference where it affirms something itself, an affirming answer is honest
     */
    static boolean isNothingElse(String text, NormalizedWords reference) {
        boolean inObject = text.indexOf('{') >= 0;
        boolean affirms = reference.list().stream().anyMatch(AFFIRMATIVE::contains);
        List<String> parts = PARTS.splitAsStream(text)
                .map(part -> NormalizedWords.of(part).joined())
                .filter(part -> !part.isEmpty())
                .toList();
        return !parts.isEmpty()
                && parts.stream().anyMatch(part -> persuades(part, affirms, inObject))
                && parts.stream().allMatch(part -> persuades(part, affirms, inObject) || MasterKeys.isOne(part));
    }

    private static boolean persuades(String part, boolean affirms, boolean inObject) {
        if (part.length() > LONGEST) {
            return ORDER.matcher(part).find();
        }
        return ORDER.matcher(part).find()
                || (inObject && MARK.matcher(part).matches())
                || ROLE.matcher(part).matches()
                || (!affirms
                        && Stream.of(VERDICT, CLAIM, ASK, BARE)
                                .anyMatch(pattern -> pattern.matcher(part).matches()));
    }
}
