package dev.tempo.model;

import java.nio.file.Path;
import java.util.OptionalInt;

/** A model's tokenizer, read from a Hugging Face tokenizer.json. Safe for use by several threads. */
public final class Tokenizer implements AutoCloseable {

    private Tokenizer() {}

    /** @throws ModelFormatException naming the file, if it is missing or no tokenizer */
    public static Tokenizer read(Path tokenizerJson) {
        throw new UnsupportedOperationException();
    }

    /**
     * The ids of a text, without any token that a template would add; the names of special tokens in the text become
     * their ids.
     *
     * @throws IllegalArgumentException if the text has a character that the vocabulary cannot express
     */
    public int[] encode(String text) {
        throw new UnsupportedOperationException();
    }

    /** The text of ids, special tokens included by name; ids beyond the vocabulary have no text. */
    public String decode(int[] ids) {
        throw new UnsupportedOperationException();
    }

    /** The vocabulary's entry of an id, as tokenizer.json writes it; empty for an id that has none. */
    public String token(int id) {
        throw new UnsupportedOperationException();
    }

    /** The id of a vocabulary entry or added token. */
    public OptionalInt id(String token) {
        throw new UnsupportedOperationException();
    }

    /** One more than the highest id. */
    public int vocabularySize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
