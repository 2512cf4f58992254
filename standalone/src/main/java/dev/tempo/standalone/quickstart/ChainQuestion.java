package dev.tempo.standalone.quickstart;

import java.util.List;

/**
 * A question: which x becomes {@code target} when the blocks are applied in order?
 *
 * @param answer the unique x
 */
record ChainQuestion(List<Block> blocks, int answer, int target) {

    static ChainQuestion of(List<Block> blocks, int x) {
        int value = x;
        for (Block block : blocks) {
            value = block.apply(value);
        }
        return new ChainQuestion(List.copyOf(blocks), x, value);
    }

    /** {@code x*a1+b1*a2+b2=t}. */
    String text() {
        StringBuilder text = new StringBuilder("x");
        for (Block block : blocks) {
            text.append('*').append(Block.digit(block.a())).append('+').append(Block.digit(block.b()));
        }
        return text.append('=').append(Block.digit(target)).toString();
    }
}
