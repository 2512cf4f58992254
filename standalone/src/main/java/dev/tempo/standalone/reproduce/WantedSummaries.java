package dev.tempo.standalone.reproduce;

import dev.tempo.contract.UserException;
import dev.tempo.eval.reproduction.Ablation;
import dev.tempo.eval.reproduction.Method;
import dev.tempo.eval.reproduction.MethodSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The summaries that a report is asked to be of. Null is all that are there.
 *
 * @param methods names as they were typed, {@link Method#EVERY} among them
 */
record WantedSummaries(
        @Nullable String world,
        @Nullable List<Long> seeds,
        @Nullable List<String> methods,
        @Nullable List<Ablation> ablations) {

    /**
     * Those of some that are wanted.
     *
     * @param from where they were read
     * @throws UserException if a seed or a method that was named has none
     */
    List<MethodSummary> of(List<MethodSummary> summaries, List<Path> from) {
        List<String> named = methods == null ? null : Method.named(methods, Method.ALL);
        List<MethodSummary> wanted = summaries.stream()
                .filter(summary -> world == null || world.equals(summary.world()))
                .filter(summary -> seeds == null || seeds.contains(summary.seed()))
                .filter(summary -> named == null || named.contains(summary.method()))
                .filter(summary -> ablations == null || isOf(ablations, summary))
                .toList();
        refuseAbsent("seed", seeds, wanted, MethodSummary::seed, from);
        // without what "all" stands for: nobody named those one by one
        List<String> alone = methods == null ? null : Method.named(methods, List.of());
        refuseAbsent("method", alone, wanted, MethodSummary::method, from);
        return wanted;
    }

    private static boolean isOf(List<Ablation> ablations, MethodSummary summary) {
        return ablations.stream().anyMatch(each -> each.methods().contains(summary.method()));
    }

    private static <T> void refuseAbsent(
            String what,
            @Nullable List<T> named,
            List<MethodSummary> wanted,
            Function<MethodSummary, T> of,
            List<Path> from) {
        if (named == null) {
            return;
        }
        Set<T> there = wanted.stream().map(of).collect(Collectors.toSet());
        List<T> absent = named.stream().filter(each -> !there.contains(each)).toList();
        if (!absent.isEmpty()) {
            throw new UserException("there is no summary of " + what + " " + absent.get(0) + " in "
                    + from.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + "; leave it out, or run it");
        }
    }
}
