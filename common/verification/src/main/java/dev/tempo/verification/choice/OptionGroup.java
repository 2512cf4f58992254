package dev.tempo.verification.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A group of options that are named together: {@code A}, {@code A, C and D}, {@code B or C}.
 *
 * @param mentions each option of the group, at least one, in the order of the sentence
 * @param joining what joins the options
 * @param beginsWithComma whether the first is joined to the second by a comma alone
 */
record OptionGroup(List<Mention> mentions, Joining joining, boolean beginsWithComma) {
    enum Joining {
        /** A single name, a row of letters, or names joined by "and". */
        AND,
        /** Names with nothing but commas between. */
        COMMA,
        /** Alternatives, or the ends of a range. */
        OR
    }

    private static final int LONGEST_GAP = 40;

    private static final Pattern AND = Pattern.compile(
            "[\\s,:)]*(?:选?项)?(?:and also|and|as well as|plus|together with|&|、|和|与|及|以及|还有|同|跟|且|nor)?(?:[\\s:]|\\b(?:also|both|the"
                    + "|options?|choices?|answers?|letters?|statements?)\\b|选项|项)*+");

    private static final Pattern OR = Pattern.compile(
            "[\\s,]*(?:选?项)?(?:and/or|or|versus|vs|/|\\||或者|或|还是|to|through|thru|until|up to|till|–|—|-|~|至|到|\\.{2,}|…)(?:[\\s,]"
                    + "|\\b(?:else|maybe|possibly|perhaps|probably|even|also|alternatively|equally|just as (?:well|likely)|the|options?|choices?"
                    + "|answers?|letters?|both)\\b|可能|选项|是)*+");

    OptionGroup {
        mentions = List.copyOf(mentions);
    }

    /** The mentions of a sentence, joined where only conjunctions stand between them. */
    static List<OptionGroup> of(List<Mention> mentions, String lower) {
        List<OptionGroup> groups = new ArrayList<>();
        int at = 0;
        while (at < mentions.size()) {
            Joining joining = Joining.AND;
            boolean comma = false;
            TreeSet<Integer> options = new TreeSet<>(mentions.get(at).options());
            int next = at + 1;
            for (; next < mentions.size(); next++) {
                Mention other = mentions.get(next);
                String gap = lower.substring(
                        mentions.get(next - 1).end(),
                        Math.max(mentions.get(next - 1).end(), other.start()));
                Joining link = link(gap, other);
                if (link == null || other.options().stream().anyMatch(options::contains)) {
                    break;
                }
                comma = comma || next == at + 1 && link == Joining.COMMA;
                boolean commas = link == Joining.COMMA && (next == at + 1 || joining == Joining.COMMA);
                joining =
                        link == Joining.OR || joining == Joining.OR ? Joining.OR : commas ? Joining.COMMA : Joining.AND;
                options.addAll(other.options());
            }
            groups.add(new OptionGroup(mentions.subList(at, next), joining, comma));
            at = next;
        }
        return groups;
    }

    private static @Nullable Joining link(String gap, Mention other) {
        if (gap.length() > LONGEST_GAP) {
            return null;
        }
        if (OR.matcher(gap).matches()) {
            return Joining.OR;
        }
        if (!AND.matcher(gap).matches()) {
            return null;
        }
        String plain = gap.strip();
        boolean comma = plain.equals(",");
        boolean noOption = other.options().contains(Mention.NONE);
        return comma ? noOption ? null : Joining.COMMA : noOption && plain.isEmpty() ? null : Joining.AND;
    }

    /** The place where the first name begins. */
    int start() {
        return mentions.get(0).start();
    }

    /** The place where the last name ends, exclusive. */
    int end() {
        return mentions.get(mentions.size() - 1).end();
    }

    /** The numbers of the options, each once; {@link Mention#NONE} among them for a letter that no option has. */
    List<Integer> options() {
        return mentions.stream()
                .flatMap(mention -> mention.options().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether the first name stands in brackets. */
    boolean bracketed() {
        return mentions.get(0).bracketed();
    }

    /** The names before a place, 1 to one less than there are, and those from it on. */
    List<OptionGroup> split(int place) {
        return List.of(
                new OptionGroup(mentions.subList(0, place), joining, false),
                new OptionGroup(mentions.subList(place, mentions.size()), joining, false));
    }
}
