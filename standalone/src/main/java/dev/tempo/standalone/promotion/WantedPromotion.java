package dev.tempo.standalone.promotion;

import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.PromotionWish;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.standalone.command.BrokerSource;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.status.LoggedRun;
import dev.tempo.standalone.status.RunLog;
import java.util.List;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command by which a run's operator says which version is the promoted one. */
abstract class WantedPromotion implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "The id of a run.")
    private String run = "";

    @Mixin
    private final BrokerSource source = new BrokerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * The version that is wanted.
     *
     * @param promoted versions that are or were the promoted one, in order
     */
    abstract int wanted(LoggedRun run, List<Integer> promoted);

    @Override
    public final Integer call() {
        source.open("./tempo " + spec.name(), this::announce);
        return 0;
    }

    private void announce(BrokerConnection connection) {
        LoggedRun known = RunLog.read(connection).known(run);
        if (known.run().recipe().promotion() == null) {
            throw new UserException("run " + run + " promotes no versions: its recipe has no section promotion");
        }
        if (known.standing().isOver()) {
            throw new UserException("run " + run + " is " + known.standing().word()
                    + ", and nobody promotes its versions any more; ./tempo export takes one elsewhere");
        }
        NavigableMap<Integer, Promotion> records = new ConcurrentSkipListMap<>();
        connection.follow(Topics.PROMOTIONS, promotion -> {
            if (promotion.run().equals(run)) {
                records.merge(promotion.number(), promotion, Promotion::ofLaterOwner);
            }
        });
        int version = wanted(known, promoted(records));
        PromotionWish wish = new PromotionWish(UUID.randomUUID().toString(), version);
        connection.runs().change(run, wanted -> (wanted == null ? known.run() : wanted).withPromotion(wish));
        spec.commandLine().getOut().println("run " + run + ": v" + version + " is to be the promoted version");
    }

    private static List<Integer> promoted(NavigableMap<Integer, Promotion> records) {
        return records.values().stream()
                .filter(record -> record.outcome() == PromotionOutcome.PROMOTED)
                .map(Promotion::version)
                .toList();
    }
}
