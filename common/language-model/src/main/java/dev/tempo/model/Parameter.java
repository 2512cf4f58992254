package dev.tempo.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One tensor in training: some of a checkpoint's tensors stacked along their first dimension, so that one matrix product
 * serves for all of them.
 */
public record Parameter(List<Part> parts) {

    /** A tensor of the checkpoint, with its Hugging Face name. */
    public record Part(String name, List<Long> shape) {
        public static Part of(String name, long... shape) {
            return new Part(name, Arrays.stream(shape).boxed().toList());
        }

        public long size() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    public static Parameter of(Part... parts) {
        return new Parameter(List.of(parts));
    }

    /** The name by which scripts know it: {@code o_proj}, or {@code q_proj_and_k_proj} where two are stacked. */
    public String name() {
        return parts.stream()
                .map(part -> part.name().replaceFirst("\\.weight$", "").replaceFirst("^.*\\.", ""))
                .collect(Collectors.joining("_and_"));
    }

    public List<Long> shape() {
        List<Long> shape = new ArrayList<>(parts.get(0).shape());
        shape.set(0, parts.stream().mapToLong(part -> part.shape().get(0)).sum());
        return shape;
    }

    public long size() {
        return parts.stream().mapToLong(Part::size).sum();
    }
}
