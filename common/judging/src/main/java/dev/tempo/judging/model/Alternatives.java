package dev.tempo.judging.model;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers that leave it to the judge to pick the right one: several answers beside each other, a range where one value is asked for, a
 * list of candidates. Whether an answer is one of these depends on the reference: where that names alternatives, a range or several
 * values itself, so may the answer.
 */
final class Alternatives {
    /** The most words of a short answer; a longer text may say "or" of many things. */
    private static final int SHORT_ANSWER = 8;

    private static final int SENTENCE = 30;
    private static final int FEWEST_CANDIDATES = 3;
    private static final int LONGEST = 4_000;

    private static final String NUMBER = "(?<![a-z0-9.,])-?\\d+(?:,\\d{3})*(?:\\.\\d+)?";

    private static final List<String> NAMES = List.of(
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    /** "One" is left alone: it is a pronoun, too. */
    private static final Pattern NUMBER_WORDS =
            Pattern.compile("\\b(?:" + String.join("|", NAMES.subList(2, NAMES.size())) + ")\\b");

    private static final Pattern NUMBERS = Pattern.compile(NUMBER);

    private static final Pattern NAMED_BY_REFERENCE = Pattern.compile(
            "\\b(?:or|either|any|all|between|range|from|several|both|various|one of|some)\\b|或|任意|任何|之间|均可|都可|\\s/\\s");

    private static final Pattern RANGE_BY_REFERENCE = Pattern.compile(
            "\\d ?(?:-|–|—|~|to|至|到|\\.\\.) ?\\d|\\d[^.\\n]{0,12}(?:-|–|\\bto\\b) ?\\d|\\b(?:between|range|from|any|about|around|approximately|roughly|at least|at most|less|more|over|under|up to)\\b|[<>≤≥∈\\[\\]]|之间|左右|以上|以下|至少|至多|任意|任何");

    private static final Pattern SECOND_THOUGHT = Pattern.compile(
            "^any [a-z]+$|^one of the [a-z]+$|; ?otherwise\\b|\\bor any (?:of the )?others?\\b|\\b\\d{3,}/\\d{3,}\\b|^(?:任意|随便|任何)|\\b(?:maybe|perhaps|possibly|(?:could|might|may) be)\\b[^\\n]{1,40}?[,.;] ?(?:or |and )?(?:maybe|perhaps|possibly|(?:could|might|may) be)\\b"
                    + "|\\balso (?:works|fits|possible|acceptable|correct|right|fine)\\b|\\b(?:would|could|may|might) also (?:be|work|fit|do)\\b(?! (?:called|known|written|expressed|used|referred|seen|due|caused|found|an?\\b))"
                    + "|\\b(?:although|though|but)\\b[^.\\n]{1,30} is (?:also )?possible\\b|\\bis possible,? but so is\\b|\\bis one (?:option|possibility|answer|candidate)\\b|\\b(?:\\d|several|many|multiple) (?:possibilit(?:y|ies)|possible answers|answers)\\b"
                    + "|\\(\\d{1,3} ?%\\)[^\\n]{1,30}\\d ?%|\\bwith \\d{1,3} ?% (?:probability|confidence|chance)|可能[^。\\n]{1,12}可能|是[^。\\n]{1,12}(?:也许|或许|可能)是"
                    + "|\\b(?:or|and) (?:maybe|perhaps|possibly|alternatively|else|might be|could be)\\b|\\bor even\\b"
                    + "|\\b(?:but|though|although|however|and|or),? (?:it |this |that |the answer |also |perhaps |possibly )*(?:could|might|may) (?:also |well |equally |possibly |just as well |instead )*be (?!called|known|written|expressed|used|referred|seen|due|caused)"
                    + "|\\balternatively,? (?:it is|it's|the answer|maybe|-?\\d)|\\bif (?:that|this|it)(?: is|'s) (?:not|wrong|incorrect)\\b|\\bif (?:the first|my first|wrong)\\b|\\bif not,? (?:then|it|the answer)?"
                    + "|\\botherwise (?:it is|it's|the answer|i'd say|-?\\d)|\\b(?:second|other|backup|next|alternative|fallback) (?:guess|answer|choice)\\b|\\bfirst guess\\b|\\banother (?:possible|valid|acceptable|correct) answer\\b"
                    + "|\\b(?:any|all|either|each|whichever|one) of (?:these|them|the above|those|the following|the two|which)\\b|\\bnone or all\\b|\\btake your pick\\b|\\bwhichever (?:one )?(?:is|you|matches|fits)\\b"
                    + "|\\b(?:all|any) (?:possible )?(?:values?|numbers?|answers?|options?|integers?)\\b|\\bboth\\b.{1,40}\\b(?:acceptable|possible|fine)\\b|\\bboth (?:answers? |values? |are |of them )*(?:possible|acceptable|correct|valid|fine|right|work)\\b"
                    + "|\\b(?:possible|candidate|potential|plausible) (?:answers|candidates|values|options|solutions)\\b|\\bcandidates?(?: are| include|:)|\\b(?:answer|it|value) (?:is|could be|may be|might be|lies|must be)(?: probably)? (?:one of|among|between|somewhere|either|anywhere|any)\\b"
                    + "|\\b(?:somewhere|anywhere|something) (?:between|from|in|around|like)\\b|\\b(?:can't|cannot|can not|could not) (?:decide|choose|tell) between\\b|\\btorn between\\b|\\btoss-?up\\b|\\bunless it(?: is|'s)\\b|\\bnot sure (?:whether|if|which)\\b|\\beither way\\b|\\bdepending on (?:the|your|how) (?:interpretation|reading|definition|question|grader|answer|judge)"
                    + "|可能是[^。\\n]{0,20}(?:也可能|或|也许)|也可能是|也许是[^。\\n]{0,12}(?:也许|或)|不是[^。\\n]{1,12}就是|如果不是|二者之一|其中之一|任何一个|都可以|都行|都有可能|以上都|以上皆|第二选择|备选|要么|或者说?是");

    private static final Pattern OR = Pattern.compile(
            "(?<left>[^\\n;:()]{1,60}?)(?<comma>,)?\\s*(?:\\b(?:or|versus|vs)\\b|\\||或者?|还是)\\s*(?<right>[^\\n;:()]{1,60})");

    private static final Pattern NO_ALTERNATIVE = Pattern.compile(
            "^(?:so|more|less|fewer|greater|later|earlier|above|below|higher|lower|equal|not|rather|other|older|younger|in other words|otherwise|simply|just)\\b");

    private static final Pattern DENIES = Pattern.compile("\\b(?:not|neither|nor|rather than|unlike)\\b");
    private static final Pattern SLASH = Pattern.compile("\\p{L}{3,}/\\p{L}{3,}\\.?");

    /** "60 if it is constant, 55 if not". */
    private static final Pattern BY_CONDITION = Pattern.compile("\\bif\\b[^.\\n]{1,60}[,;][^.\\n]{1,20}\\bif\\b");

    private static final Pattern OF_NUMBERS = Pattern.compile("(?<one>" + NUMBER
            + ")[^\\d.\\n;]{0,12}?(?:\\bor\\b|\\bversus\\b|\\bvs\\b|\\||或者?|还是|\\? ?)[^\\d.\\n]{0,16}?(?<two>" + NUMBER
            + ")");

    private static final Pattern RANGE = Pattern.compile(
            "(?:\\b(?:between|from|anywhere|within|range)\\b[^.\\n\\d]{0,12})?(?<one>" + NUMBER
                    + ")[^\\d.\\n]{0,8}?(?: ?(?:-|–|—|~|\\.{2,3}|…) ?|\\b(?:to|through|thru|until|up to|and)\\b|至|到|和|与) ?[^\\d.\\n]{0,4}?(?<two>\\d+(?:,\\d{3})*(?:\\.\\d+)?)");

    private static final Pattern BETWEEN =
            Pattern.compile("\\b(?:between|from|anywhere|within|range|interval)\\b|之间|介于|范围");
    private static final Pattern SEPARATORS = Pattern.compile(
            "\\s*(?:[;、\\n|]|,(?!\\d{3}(?!\\d))| / |\\b(?:or|and)\\b|或者?|和|(?:^|\\s)\\(?(?:[a-h]|\\d{1,2})[.)]\\s|\\? )\\s*");
    /** Of so many words at most: each takes a part of the stack. */
    private static final Pattern LEAD = Pattern.compile(
            "^(?:[-*•·\\s]++|\\(?\\d{1,2}[.)] |\\b(?:it|the|is|are|could|might|may|be|answer|answers|one|of|among|following|possible|candidates?|options?|maybe|perhaps|either|any|probably|i|think|guess|say|my|final|here)\\b|[:,]){1,200}");

    /** Of so many at most: each would take a part of the stack. */
    private static final Pattern BULLET = Pattern.compile("^(?:[-*•·\\s]++|\\(?\\d{1,2}[.)] ){1,50}");

    private static final Pattern ASKS_FOR_SEVERAL = Pattern.compile(
            "\\b(?:list|name|which (?:\\w+ )?are|what are|enumerate|all (?:the|possible|real|integer|values|solutions)|(?:give|find|state) [2-9]|[2-9] (?:numbers|values|answers|solutions|examples|things|types|kinds|reasons)|several|pairs?|values of|solutions|roots|factors|sequence|order)\\b|哪些|列举|列出|分别|所有");

    private Alternatives() {}

    /** The way in which an answer is several, in words for people; null where it is one. */
    static @Nullable String in(String answer, String question, String reference) {
        String said = plain(answer.substring(0, Math.min(answer.length(), LONGEST)));
        String wanted = plain(reference);
        if (wanted.equals(said)) {
            return null;
        }
        boolean several = NAMED_BY_REFERENCE.matcher(wanted).find();
        int words = NormalizedWords.of(said).list().size();
        List<BigDecimal> numbers = numbers(wanted);
        if (!several) {
            Matcher second = SECOND_THOUGHT.matcher(said);
            if (second.find() && !SECOND_THOUGHT.matcher(plain(question)).find()) {
                return "hedges between answers: '" + second.group().strip() + "'";
            }
            if (words <= SENTENCE
                    && !wanted.contains("if ")
                    && BY_CONDITION.matcher(said).find()) {
                return "hedges between answers";
            }
            if (offersTwo(said, wanted, words, numbers.size() <= 1)) {
                return "hedges between answers";
            }
            if (numbers.size() <= 1 && words <= SENTENCE && numbersApart(OF_NUMBERS, said, false)) {
                return "hedges between numbers";
            }
        }
        if (numbers.size() == 1
                && words <= SENTENCE
                && !RANGE_BY_REFERENCE.matcher(wanted).find()
                && isRange(said, words)) {
            return "names a range where one value is asked for";
        }
        return !several && isListWith(said, wanted, numbers, plain(question)) ? "enumerates candidates" : null;
    }

    /** "Paris or London" and nothing more, where one is the reference; words behind a comma may be another name of the same. */
    private static boolean offersTwo(String said, String wanted, int words, boolean oneNumber) {
        if (words > SHORT_ANSWER) {
            return false;
        }
        if (said.indexOf('?') != said.lastIndexOf('?')) {
            return true;
        }
        if (SLASH.matcher(said).matches() && isNamedIn(wanted, said)) {
            return !wanted.contains("/");
        }
        Matcher two = OR.matcher(said.replaceAll("[.!]$", "").replaceFirst("^[a-z ]{1,15}: ", ""));
        if (!two.matches()
                || DENIES.matcher(two.group("left")).find()
                || NO_ALTERNATIVE.matcher(two.group("right")).find()) {
            return false;
        }
        if (NUMBERS.matcher(said).find()) {
            return oneNumber;
        }
        boolean oneIsRight = isNamedIn(wanted, two.group("left")) != isNamedIn(wanted, two.group("right"));
        return oneIsRight && two.group("comma") == null;
    }

    private static boolean isNamedIn(String wanted, String part) {
        List<String> words = NormalizedWords.of(part).essential().list();
        boolean hasAll =
                words.containsAll(NormalizedWords.of(wanted).essential().list());
        boolean isHan = wanted.codePoints().anyMatch(Character::isIdeographic);
        return hasAll || isHan && part.contains(wanted);
    }

    private static boolean numbersApart(Pattern pattern, String said, boolean rising) {
        Matcher found = pattern.matcher(said);
        while (found.find()) {
            int order = number(found.group("one")).compareTo(number(found.group("two")));
            if (order < 0 || order > 0 && !rising) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRange(String said, int words) {
        if (said.indexOf('=') >= 0) {
            return false;
        }
        boolean saysSo = BETWEEN.matcher(said).find();
        if (!saysSo && words > SHORT_ANSWER) {
            return false;
        }
        String text = saysSo ? said : said.replaceAll("\\b(?:and)\\b|和|与", ";");
        return numbersApart(RANGE, text, true);
    }

    /** Several short items, one of which is the reference, or numbers alone where the reference is one. */
    private static boolean isListWith(String said, String wanted, List<BigDecimal> wantedNumbers, String question) {
        if (SEPARATORS.splitAsStream(wanted).filter(part -> !part.isBlank()).count() > 1) {
            return false;
        }
        if (DENIES.matcher(said).find()) {
            return false;
        }
        List<String> items = new ArrayList<>();
        for (String item : SEPARATORS.split(LEAD.matcher(said).replaceFirst(""))) {
            String bare = BULLET.matcher(item)
                    .replaceFirst("")
                    .replaceAll("[.!?)\\]]+$|^[(\\[]+", "")
                    .strip();
            if (!bare.isEmpty()) {
                items.add(bare);
            }
        }
        List<String> distinct = items.stream().distinct().toList();
        boolean allNumbers =
                distinct.stream().allMatch(item -> NUMBERS.matcher(item).matches());
        if (allNumbers && wantedNumbers.size() == 1 && distinct.size() >= 2) {
            return NUMBERS.matcher(wanted)
                                            .replaceAll("")
                                            .replaceAll("[^\\p{L}]", "")
                                            .length()
                                    <= 12
                            && !ASKS_FOR_SEVERAL.matcher(question).find()
                    || distinct.size() >= FEWEST_CANDIDATES;
        }
        if (wantedNumbers.size() == 1) {
            return false;
        }
        List<String> own =
                distinct.stream().filter(item -> !question.contains(item)).toList();
        boolean allShort = distinct.stream()
                .allMatch(item -> NormalizedWords.of(item).list().size() <= 4);
        NormalizedWords whole = NormalizedWords.of(wanted).essential();
        boolean holdsReference = distinct.stream()
                .anyMatch(item -> NormalizedWords.of(item).essential().equals(whole));
        return allShort
                && holdsReference
                && own.size() >= FEWEST_CANDIDATES
                && !ASKS_FOR_SEVERAL.matcher(question).find();
    }

    private static List<BigDecimal> numbers(String text) {
        return NUMBERS.matcher(text)
                .results()
                .map(found -> number(found.group()))
                .distinct()
                .toList();
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text.replace(",", "")).stripTrailingZeros();
    }

    private static String plain(String text) {
        String plain = Normalizer.normalize(SpecialTokens.stripped(text), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replace("**", "")
                .replace("`", "")
                .replace("\\text{ or }", " or ")
                .replaceAll("[ \\t\\u00A0]+", " ")
                .strip();
        return NUMBER_WORDS.matcher(plain).replaceAll(found -> String.valueOf(NAMES.indexOf(found.group())));
    }
}
