package dev.tempo.model.scripts;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The distinct shapes of the matrices by which a model's rows are multiplied. */
record ProductShapes(List<Shape> shapes) {
    /**
     * The largest width for which kernels are chosen. A wider matrix is probed at a smaller width that leaves as many
     * columns over.
     */
    private static final int WIDEST = 2048;

    private static final int COLUMNS = 64;

    record Shape(int inputs, int outputs) implements Comparable<Shape> {
        @Override
        public int compareTo(Shape other) {
            int byInputs = Integer.compare(inputs, other.inputs);
            return byInputs != 0 ? byInputs : Integer.compare(outputs, other.outputs);
        }
    }

    static ProductShapes of(ModelConfig config) {
        SortedSet<Shape> shapes = new TreeSet<>();
        for (Head head : Head.values()) {
            for (Parameter parameter : ModelLayout.of(config, head)) {
                if (parameter.shape().size() == 2) {
                    shapes.add(shape(parameter.shape()));
                }
            }
        }
        return new ProductShapes(new ArrayList<>(shapes));
    }

    private static Shape shape(List<Long> outputsByInputs) {
        int outputs = Math.toIntExact(outputsByInputs.get(0));
        int inputs = Math.toIntExact(outputsByInputs.get(1));
        return new Shape(inputs, outputs <= WIDEST ? outputs : WIDEST + outputs % COLUMNS);
    }
}
