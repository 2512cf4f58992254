package dev.tempo.standalone.quickstart;

import java.util.List;

/** The quickstart's language: one character for each number and sign, and nothing else. */
final class SymbolLanguage implements Language {

    @Override
    public String question(ChainQuestion question) {
        return question.text();
    }

    @Override
    public String answer(ChainQuestion question) {
        return String.valueOf(Block.digit(question.answer()));
    }

    @Override
    public Trace trace(WorkedQuestion worked) {
        TraceWriter trace = new TraceWriter();
        List<Block> blocks = worked.question().blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(blocks.size() - 1 - i);
            trace.number(block.a()).number(block.b()).number(worked.guesses().get(i));
        }
        for (WorkedQuestion.Step step : worked.check()) {
            trace.symbol('*').number(step.a()).calculated(step.product());
            trace.symbol('+').number(step.b()).calculated(step.sum());
        }
        trace.symbol('=').number(worked.quoted()).symbol(worked.claimsRight() ? 'Y' : 'N');
        return trace.of(worked.question().text());
    }
}
