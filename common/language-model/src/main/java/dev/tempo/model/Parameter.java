package dev.tempo.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A weight as scripts take it: several tensors of a checkpoint stacked along their first dimension, so that one matrix
 * product serves for all of them.
 *
 * @param parts the stacked tensors, in order; they differ in their first dimension only
 */
public record Parameter(List<Part> parts) {

    /** A tensor of a checkpoint, with its name in Hugging Face's files. */
    public record Part(String name, List<Long> shape) {
        public static Part of(String name, long... shape) {
            return new Part(name, Arrays.stream(shape).boxed().toList());
        }

        /** The number of entries: the product of the dimensions. */
        public long size() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    public static Parameter of(Part... parts) {
        return new Parameter(List.of(parts));
    }

    /** The name that scripts use: {@code o_proj}, or {@code q_proj_and_k_proj} where two tensors are stacked. */
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
