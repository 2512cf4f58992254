package dev.tempo.model.inference;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.forward.Buckets;
import dev.tempo.model.forward.Transformer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An engine that generates responses side by side in a thread of its own. Responses join and leave between any two tokens: a
 * task waits, in the order of submission, until there is a free row and memory for all tokens that its response may have.
 */
final class GenerationEngine implements AutoCloseable {
    /**
     * The divisor that gives the number of rows that must be free before others join: rows that join together lie side by
     * side in memory.
     */
    private static final int SHARE_OF_JOIN = 8;

    private final Transformer transformer;
    private final GenerationLimits limits;
    private final boolean first;
    private final CacheSpace space;
    private final Batch batch;
    private final Deque<Row> waiting = new ArrayDeque<>();
    private final AtomicInteger open = new AtomicInteger();
    private @Nullable Decoder decoder;
    private @Nullable Thread thread;
    private boolean closed;
    private boolean atWork;

    /** @param first whether somebody waits for its responses, so that its steps go before those of others */
    GenerationEngine(Transformer transformer, GenerationLimits limits, boolean first) {
        this.first = first;
        this.transformer = transformer;
        this.limits = limits;
        ModelConfig config = transformer.config();
        long useful = (long) this.limits.rows() * config.keyValueHeads() * Buckets.capacity(config.maxPositions() + 64);
        this.space =
                new CacheSpace(Math.min(useful, limits.cacheBytes() / Decoder.cellBytes(config, transformer.type())));
        this.batch = new Batch(config.keyValueHeads(), space);
    }

    /**
     * Submits tasks and gives one future per task. Cancelling a future takes its task out. Actions that depend on a future
     * run in the engine's thread, so they must be brief and not wait for another response.
     *
     * @throws TaskTooLargeException if one of the tasks can never be generated; then none is begun
     * @throws IllegalArgumentException if an id lies outside the vocabulary; then none is begun either
     */
    List<CompletableFuture<GeneratedResponse>> submit(List<GenerationTask> tasks) {
        tasks.forEach(this::check);
        List<Row> rows = tasks.stream().map(Row::new).toList();
        synchronized (waiting) {
            if (closed) {
                throw new IllegalStateException("this model has been closed");
            }
            waiting.addAll(rows);
            open.addAndGet(rows.size());
            if (thread == null) {
                thread = new Thread(this::work, "tempo-generation");
                thread.setDaemon(true);
                thread.start();
            }
            waiting.notifyAll();
        }
        rows.forEach(row -> row.future().whenComplete((response, failure) -> over(row)));
        return rows.stream().map(Row::future).toList();
    }

    /** A task that is cancelled while it waits is in nobody's way, and in no memory, until its turn comes. */
    private void over(Row row) {
        open.decrementAndGet();
        if (row.future().isCancelled()) {
            synchronized (waiting) {
                waiting.remove(row);
            }
        }
    }

    /** The number of tasks that were submitted and are not over. */
    int open() {
        return open.get();
    }

    /** The number of tasks that wait for a row or for memory. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    void check(GenerationTask task) {
        transformer.check(task.promptIds());
        ModelConfig config = transformer.config();
        int prompt = task.promptIds().length;
        int limit = task.sampling().maxNewTokens();
        String what = "a prompt of " + prompt + " tokens and a limit of " + limit + " new ones ";
        if ((long) prompt + limit > config.maxPositions()) {
            throw new TaskTooLargeException(what + "exceed the model's " + config.maxPositions() + " positions");
        }
        long cells = cells(Row.capacity(task));
        if (cells > space.size()) {
            throw new TaskTooLargeException(what + "need " + cells * Decoder.cellBytes(config, transformer.type())
                    + " bytes of keys and values, but " + limits.cacheBytes() + " are all there may be");
        }
    }

    /** The most tokens that a response to a prompt may have, by the model's positions and the memory; 0 if there is room for none. */
    int longestResponse(int prompt) {
        int fits = 0;
        int tooMany = transformer.config().maxPositions() - prompt + 1;
        while (tooMany - fits > 1) {
            int limit = fits + (tooMany - fits) / 2;
            if (cells(Row.capacity(prompt, limit)) <= space.size()) {
                fits = limit;
            } else {
                tooMany = limit;
            }
        }
        return fits;
    }

    private long cells(int capacity) {
        return (long) transformer.config().keyValueHeads() * capacity;
    }

    private void work() {
        try {
            while (await()) {
                takeTurn();
                List<Row> left = new ArrayList<>();
                List<Row> joining = admit();
                try {
                    left.addAll(transformer.besideOthers(() -> step(joining)));
                } catch (RuntimeException | Error broken) {
                    // An engine that ended by a step's failure would refuse every later task, and nobody would load its
                    // model again.
                    left.addAll(abandon(joining, broken));
                }
                left.forEach(Row::complete);
                if (first) {
                    Precedence.OF_PROCESS.stepped();
                }
            }
        } finally {
            rest();
            end();
        }
    }

    /** Waits until there is work to do; false once there will be no more. */
    private boolean await() {
        synchronized (waiting) {
            while (!closed && batch.rows().isEmpty() && waiting.isEmpty()) {
                release();
                rest();
                try {
                    waiting.wait();
                } catch (InterruptedException stopped) {
                    return false;
                }
            }
            return !closed;
        }
    }

    private void takeTurn() {
        if (!first) {
            Precedence.OF_PROCESS.giveWay();
        } else if (!atWork) {
            atWork = true;
            Precedence.OF_PROCESS.begin();
        }
    }

    private void rest() {
        if (atWork) {
            atWork = false;
            Precedence.OF_PROCESS.end();
        }
    }

    /** Takes waiting tasks in their order, as long as there are rows and memory for them. */
    private List<Row> admit() {
        List<Row> joining = new ArrayList<>();
        int running = batch.rows().size();
        synchronized (waiting) {
            if (running > 0 && limits.rows() - running < Math.max(1, limits.rows() / SHARE_OF_JOIN)) {
                return joining;
            }
            while (!waiting.isEmpty() && running + joining.size() < limits.rows()) {
                Row next = waiting.element();
                if (!next.over()) {
                    OptionalLong cell = space.take(cells(next.capacity()));
                    if (cell.isEmpty()) {
                        break;
                    }
                    next.place(cell.getAsLong());
                    joining.add(next);
                }
                waiting.remove();
            }
        }
        return joining;
    }

    /** Lets rows join, generates one token for every row, and gives the rows that are finished. */
    private List<Row> step(List<Row> joining) {
        Decoder with = decoder();
        List<Row> left = new ArrayList<>();
        if (!joining.isEmpty()) {
            for (Cohort cohort : Cohort.of(joining, transformer.config().keyValueHeads())) {
                with.begin(cohort);
            }
            batch.add(joining);
            left.addAll(batch.leave(with));
        }
        if (!batch.rows().isEmpty()) {
            with.step(batch);
            left.addAll(batch.leave(with));
        }
        return left;
    }

    private Decoder decoder() {
        Decoder present = decoder;
        if (present == null) {
            present = new Decoder(transformer, space.size());
            decoder = present;
        }
        return present;
    }

    /** Gives up all rows after a failure in the middle of a step, since the cache's content is not known then. */
    private List<Row> abandon(List<Row> joining, Throwable reason) {
        List<Row> lost = new ArrayList<>(batch.rows());
        joining.stream().filter(row -> !lost.contains(row)).forEach(lost::add);
        lost.forEach(row -> row.fail(reason));
        batch.clear();
        space.clear();
        release();
        return lost;
    }

    private void release() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }

    private void end() {
        List<Row> lost = new ArrayList<>(batch.rows());
        synchronized (waiting) {
            closed = true;
            lost.addAll(waiting);
            waiting.clear();
        }
        release();
        lost.forEach(
                row -> row.fail(new IllegalStateException("the model was closed before this response was written")));
        lost.forEach(Row::complete);
    }

    /** Gives up all tasks that wait or are being generated. */
    @Override
    public void close() {
        Thread working;
        synchronized (waiting) {
            closed = true;
            working = thread;
            waiting.notifyAll();
        }
        if (working == null) {
            return;
        }
        working.interrupt();
        try {
            working.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
