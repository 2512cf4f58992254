package dev.tempo.judging.model;

import java.util.regex.Pattern;

/**
 * Special tokens: texts to which a chat template gives a meaning beyond their letters. Inside data they could end the
 * data and begin a turn, so none of them is ever sent; nor are invisible characters.
 */
final class SpecialTokens {
    private static final Pattern TOKENS = Pattern.compile(
            "<\\|[\\w :/.-]{2,60}\\|?>|<[\\w :/.-]{2,60}\\|>|<\uFF5C[^<>]{1,60}\uFF5C>|\\[/?(?:inst|sys(?:tem)?(?:_prompt)?"
                    + "|available_tools|tool_calls|tool_results|audio|img)]|<</?sys>>"
                    + "|</?s>|<(?:bos|eos|pad|unk|mask|eot|eom|sep|cls)>|</?(?:start|end)_of_(?:turn|image)>"
                    + "|</?(?:think|thinking|answer|tool_call|tool_response|tools|channel|system|user|assistant)>",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Cc}&&[^\\n\\t]]");

    private SpecialTokens() {}

    /** The text without special tokens, however often they are nested in each other. */
    static String stripped(String text) {
        String before;
        String after = UNSEEN.matcher(text).replaceAll("");
        do {
            before = after;
            after = TOKENS.matcher(before).replaceAll(" ");
        } while (!after.equals(before));
        return after;
    }
}
