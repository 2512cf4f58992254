package dev.tempo.standalone.quickstart;

import java.util.List;

/** The quickstart's language: one character for each number and sign, and nothing else. */
final class SymbolTelling implements Telling {

    @Override
    public String question(ChainQuestion question) {
        return question.text();
    }

    @Override
    public String answer(ChainQuestion question) {
        return String.valueOf(Block.digit(question.answer()));
    }

    @Override
    public Trace trace(Working working) {
        TraceWriter trace = new TraceWriter();
        List<Block> blocks = working.question().blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(blocks.size() - 1 - i);
            trace.number(block.a()).number(block.b()).number(working.guesses().get(i));
        }
        for (Working.Step step : working.check()) {
            trace.symbol('*').number(step.a()).calculated(step.product());
            trace.symbol('+').number(step.b()).calculated(step.sum());
        }
        trace.symbol('=').number(working.quoted()).symbol(working.claimsRight() ? 'Y' : 'N');
        return trace.of(working.question().text());
    }
}
