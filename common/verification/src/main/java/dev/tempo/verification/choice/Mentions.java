package dev.tempo.verification.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The places where a sentence names options: letters that stand alone or in a row, or the options' own words. */
final class Mentions {
    /** The words behind a capital A that names an option; any other word makes it an article. */
    private static final Pattern NO_NOUN = Pattern.compile(
            " (?:is|are|was|were|and|or|nor|but|because|since|as|for|rather|instead|not|non|to|through|with|if|alone|only|too|also"
                    + "|would|could|may|might|must|can|cannot|can't|isn't|takes?|fits?|seems?|looks|remains|holds|works|does|has|needs?"
                    + "|should|will|then|so|which|than|over|by|due|given|both|here|again|correct|right|wrong|incorrect|true|false)\\b");

    private static final Pattern AND_LETTER = Pattern.compile("(?:and|or) \\(?[b-z]\\)?(?:\\W|$)");

    private static final String MATHEMATICAL = "=+*^_<>≤≥≈≠·÷|\\%°~∈∪∩⊂→" + PlainResponse.FORMULA;

    private final AnswerOptions options;
    private final Pattern words;

    Mentions(AnswerOptions options) {
        this.options = options;
        this.words = Pattern.compile(options.areWords() ? alternatives(options.labels()) : "(?!)");
    }

    private static String alternatives(List<String> labels) {
        return labels.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![a-z\\p{N}'-])(?:", ")(?![a-z\\p{N}'-])"));
    }

    List<Mention> in(String sentence) {
        return options.areWords() ? wordsIn(sentence.toLowerCase(Locale.ROOT)) : lettersIn(sentence);
    }

    private List<Mention> wordsIn(String sentence) {
        List<Mention> mentions = new ArrayList<>();
        for (Matcher found = words.matcher(sentence); found.find(); ) {
            String word = found.group();
            String rest = sentence.substring(found.end()).stripLeading();
            boolean nothingFollows = rest.isEmpty() || ",:()-–—".indexOf(rest.charAt(0)) >= 0;
            // "No energy is released" does not answer no.
            if (!word.equals("no") && !word.equals("none") || nothingFollows) {
                mentions.add(new Mention(
                        found.start(), found.end(), List.of(options.labels().indexOf(word)), false));
            }
        }
        return mentions;
    }

    private List<Mention> lettersIn(String sentence) {
        List<Mention> mentions = new ArrayList<>();
        if (isSmallRow(sentence)) {
            List<Integer> named =
                    sentence.chars().map(letter -> letter - 'a').boxed().toList();
            return List.of(new Mention(0, sentence.length(), named, false));
        }
        for (int at = 0; at < sentence.length(); at++) {
            int end = at;
            while (end < sentence.length() && isCapital(sentence.charAt(end))) {
                end++;
            }
            boolean small = end == at && isSmallLetter(sentence, at);
            end = small ? at + 1 : end;
            if (end == at) {
                continue;
            }
            boolean label = at == 0 && sentence.startsWith(".", end) && !sentence.startsWith(".", end + 2);
            boolean alone = !isJoined(sentence, at - 1, -1) && (label || !isJoined(sentence, end, 1));
            List<Integer> named = alone ? named(sentence, at, end, small) : List.of();
            if (!named.isEmpty()) {
                boolean bracketed = isBracket(sentence, at, end);
                mentions.add(new Mention(bracketed ? at - 1 : at, bracketed ? end + 1 : end, named, bracketed));
            }
            at = end - 1;
        }
        return mentions;
    }

    /** Small letters of options in their order and nothing else, such as "ac". */
    private boolean isSmallRow(String sentence) {
        int size = options.labels().size();
        boolean isRow = sentence.length() > 1 && sentence.length() <= size && size < 26;
        for (int at = 0; at < sentence.length() && isRow; at++) {
            char letter = sentence.charAt(at);
            isRow = letter >= 'a' && letter < 'a' + size && (at == 0 || letter > sentence.charAt(at - 1));
        }
        return isRow;
    }

    private List<Integer> named(String sentence, int start, int end, boolean small) {
        int size = options.labels().size();
        if (end - start == 1) {
            int option = Character.toUpperCase(sentence.charAt(start)) - 'A';
            boolean bracketed = isBracket(sentence, start, end);
            if (inFormula(sentence, start, end) || !bracketed && isWord(sentence, start, end)) {
                return List.of();
            }
            return option < size ? List.of(option) : small ? List.of() : List.of(Mention.NONE);
        }
        List<Integer> named = new ArrayList<>();
        boolean ascending = true;
        for (int at = start; at < end; at++) {
            int option = sentence.charAt(at) - 'A';
            ascending &= named.isEmpty() || option > named.get(named.size() - 1);
            if (option >= size || named.contains(option)) {
                return List.of();
            }
            named.add(option);
        }
        boolean known = size < 26;
        return named.size() <= 10 && (ascending || known) ? named : List.of();
    }

    /** The article, the pronoun: a letter that is no name. */
    private static boolean isWord(String sentence, int start, int end) {
        char letter = sentence.charAt(start);
        String rest = sentence.substring(end);
        boolean wordFollows = rest.length() > 1 && rest.charAt(0) == ' ' && Character.isLowerCase(rest.charAt(1));
        if (letter == 'I') {
            return wordFollows;
        }
        return (letter == 'A' || letter == 'a')
                && wordFollows
                && !NO_NOUN.matcher(rest).lookingAt();
    }

    /** A small letter counts in brackets, or where nothing but a stop, a conjunction or another letter follows. */
    private boolean isSmallLetter(String sentence, int at) {
        char letter = sentence.charAt(at);
        int size = options.labels().size();
        if (letter < 'a' || letter >= 'a' + size || letter == 'i') {
            return false;
        }
        if (isBracket(sentence, at, at + 1)) {
            return true;
        }
        String rest = sentence.substring(at + 1).stripLeading();
        boolean stops = rest.isEmpty() || ",)]:.".indexOf(rest.charAt(0)) >= 0 || rest.charAt(0) > 0x2e7f;
        boolean listed = rest.startsWith("and ")
                || rest.startsWith("is ")
                || rest.startsWith("or ")
                || rest.startsWith("because ");
        return size < 26
                && (stops
                        || listed && (letter != 'a' || AND_LETTER.matcher(rest).lookingAt()));
    }

    private static boolean isBracket(String sentence, int start, int end) {
        return start > 0
                && end < sentence.length()
                && (sentence.charAt(start - 1) == '(' && sentence.charAt(end) == ')'
                        || sentence.charAt(start - 1) == '[' && sentence.charAt(end) == ']');
    }

    private static boolean inFormula(String sentence, int start, int end) {
        int before = start - 1;
        while (before >= 0 && sentence.charAt(before) == ' ') {
            before--;
        }
        int after = end;
        while (after < sentence.length() && sentence.charAt(after) == ' ') {
            after++;
        }
        boolean followed = after < sentence.length()
                && MATHEMATICAL.indexOf(sentence.charAt(after)) >= 0
                && !sentence.startsWith("=>", after)
                && sentence.charAt(after) != '~';
        boolean arrow = before >= 0
                && (sentence.charAt(before) == '→'
                        || sentence.startsWith("=>", before - 1)
                        || sentence.startsWith("->", before - 1));
        boolean preceded = before >= 0
                && !arrow
                && MATHEMATICAL.indexOf(sentence.charAt(before)) >= 0
                && sentence.charAt(before) != '~'
                && !sentence.substring(Math.max(0, before - 10), before)
                        .toLowerCase(Locale.ROOT)
                        .stripTrailing()
                        .endsWith("answer");
        boolean subtracted = before >= 0 && sentence.charAt(before) == '-' && sentence.indexOf('=') >= 0 && !arrow;
        return followed && sentence.charAt(after) != '→' || preceded || subtracted;
    }

    private static boolean isCapital(char character) {
        return character >= 'A' && character <= 'Z';
    }

    /** Whether what stands there makes one word, one name or one number of it and the letter. */
    private static boolean isJoined(String sentence, int at, int direction) {
        if (at < 0 || at >= sentence.length()) {
            return false;
        }
        char neighbour = sentence.charAt(at);
        boolean latin = neighbour < 0x2ff && Character.isLetterOrDigit(neighbour);
        boolean greek = neighbour >= 0x370 && neighbour < 0x530;
        if (neighbour == '-' && direction > 0) {
            return true;
        }
        int beyond = at + direction;
        boolean dotted = neighbour == '.'
                && beyond >= 0
                && beyond < sentence.length()
                && Character.isLetterOrDigit(sentence.charAt(beyond));
        boolean hyphen = (neighbour == '-' || neighbour == '\'')
                && beyond >= 0
                && beyond < sentence.length()
                && Character.isLetterOrDigit(sentence.charAt(beyond));
        return latin || greek || dotted || hyphen;
    }
}
