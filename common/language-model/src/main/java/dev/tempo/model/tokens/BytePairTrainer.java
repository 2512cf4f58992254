package dev.tempo.model.tokens;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A trainer of a byte-level byte-pair encoding (Sennrich et al., arXiv 1508.07909; bytes as in GPT-2): again and again the most
 * frequent pair of neighbouring tokens within the corpus's pieces becomes a token. The same corpus gives the same tokens.
 *
 * <p>It chooses as Hugging Face's BpeTrainer does, between equally frequent pairs that of the lower ids. It is made for small
 * corpora of few different words: it counts all pairs anew for every token.
 */
public final class BytePairTrainer {
    private final Map<String, Long> pieces = new TreeMap<>();
    private final List<String> tokens = new ArrayList<>(ByteLevel.alphabet());
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Pair> merges = new ArrayList<>();

    private record Pair(int left, int right) {}

    /** A piece of the corpus in the tokens known so far. */
    private static final class Word {
        private final long count;
        private List<Integer> ids;

        private Word(long count, List<Integer> ids) {
            this.count = count;
            this.ids = ids;
        }
    }

    /** A trainer that knows the 256 bytes. */
    public BytePairTrainer() {
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
    }

    /** Counts a text of the corpus. Names of added tokens are no part of any text. */
    public void add(String text) {
        ByteLevel.pieces(text).forEach(piece -> pieces.merge(piece, 1L, Long::sum));
    }

    /**
     * The vocabulary of the texts that were added, bytes first, then merges by rank.
     *
     * @param size the most tokens; fewer where every piece of the corpus is one token before
     */
    public BytePairVocabulary train(int size) {
        List<Word> words = new ArrayList<>();
        pieces.forEach((piece, count) -> words.add(
                new Word(count, ByteLevel.bytes(piece).stream().map(ids::get).toList())));
        while (tokens.size() < size) {
            Pair best = mostFrequent(words);
            if (best == null) {
                break;
            }
            String merged = tokens.get(best.left()) + tokens.get(best.right());
            int id = ids.computeIfAbsent(merged, any -> {
                tokens.add(merged);
                return tokens.size() - 1;
            });
            merges.add(best);
            words.forEach(word -> word.ids = merged(word.ids, best, id));
        }
        List<List<String>> pairs = merges.stream()
                .map(pair -> List.of(tokens.get(pair.left()), tokens.get(pair.right())))
                .toList();
        return new BytePairVocabulary(tokens, pairs);
    }

    private static @Nullable Pair mostFrequent(List<Word> words) {
        Map<Pair, Long> counts = new LinkedHashMap<>();
        for (Word word : words) {
            for (int i = 0; i + 1 < word.ids.size(); i++) {
                counts.merge(new Pair(word.ids.get(i), word.ids.get(i + 1)), word.count, Long::sum);
            }
        }
        return counts.entrySet().stream()
                .min(Map.Entry.<Pair, Long>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().left())
                        .thenComparing(entry -> entry.getKey().right()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static List<Integer> merged(List<Integer> ids, Pair pair, int id) {
        List<Integer> merged = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            boolean both = i + 1 < ids.size() && ids.get(i) == pair.left() && ids.get(i + 1) == pair.right();
            merged.add(both ? id : ids.get(i));
            i += both ? 1 : 0;
        }
        return merged;
    }
}
