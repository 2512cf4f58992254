package dev.tempo.model.chat;

/** Where statements, expressions and comments of a template begin and end. */
final class Delimiters {
    private Delimiters() {}

    /** Where the next one begins; below 0 if there is none. */
    static int opening(String source, int from) {
        for (int open = source.indexOf('{', from); open >= 0; open = source.indexOf('{', open + 1)) {
            if (open + 1 < source.length() && "{%#".indexOf(source.charAt(open + 1)) >= 0) {
                return open;
            }
        }
        return -1;
    }

    /** Where the closing delimiter begins; those within quotes do not count; below 0 if there is none. */
    static int closing(String source, int open, char kind) {
        String delimiter = kind == '{' ? "}}" : kind + "}";
        char quote = 0;
        int braces = 0;
        for (int i = open + 2; i < source.length() - 1; i++) {
            char c = source.charAt(i);
            if (kind == '#') {
                if (source.startsWith(delimiter, i)) {
                    return i;
                }
            } else if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (braces == 0 && source.startsWith(delimiter, i)) {
                return i;
            } else {
                braces += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
        }
        return -1;
    }

    /** jinjava takes the first two closing braces for the end, also where a mapping ends in a mapping. */
    static String bracesApart(String body) {
        StringBuilder apart = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            apart.append(c);
            if (quote != 0 && c == '\\' && i + 1 < body.length()) {
                apart.append(body.charAt(++i));
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '}') {
                apart.append(' ');
            }
        }
        return apart.toString();
    }
}
