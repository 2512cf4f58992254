package dev.tempo.model.scripts;

import ai.djl.util.Utils;
import dev.tempo.model.device.InstructionSet;
import dev.tempo.model.device.MachineSettings;
import dev.tempo.model.device.NativeLibrary;
import dev.tempo.model.device.Processor;
import dev.tempo.model.files.DurableFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A file with what {@link ProductProbe} has found for shapes on this machine, beside the unpacked native library: {@code
 * tempo/} in DJL's cache directory. Its name contains everything that the choice of instructions may depend on.
 */
final class ProbedRows {
    /**
     * The version of the file, and of how blocks are chosen and the digest is computed. Files of another version are not
     * used.
     */
    private static final String FORMAT = "2";

    private static final List<String> PROCESSOR_FIELDS =
            List.of("vendor_id", "cpu family", "model", "model name", "flags");
    /** The beginnings of environment variables by which libtorch and its libraries choose other instructions. */
    private static final List<String> VARIABLES = List.of("ATEN_", "MKL_", "KMP_", "OMP_", "ONEDNN_", "DNNL_");

    private final Path file;

    private ProbedRows(Path file) {
        this.file = file;
    }

    static ProbedRows of(ProductShapes shapes) {
        return in(Utils.getCacheDir().resolve("tempo"), shapes);
    }

    static ProbedRows in(Path directory, ProductShapes shapes) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        String everything = String.join(
                "\n",
                FORMAT,
                shapes.toString(),
                Script.probingSource(),
                NativeLibrary.version(),
                System.getProperty("os.arch"),
                processor(),
                variables(),
                MachineSettings.of(MachineSettings.THREADS, "1"));
        String name = HexFormat.of()
                .formatHex(digest.digest(everything.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
        return new ProbedRows(directory.resolve("products-" + name + ".properties"));
    }

    /** The fields of the processor that identify its kind; others, such as its clock, change from minute to minute. */
    private static String processor() {
        Map<String, String> fields = new LinkedHashMap<>(Processor.here().fields());
        fields.keySet().retainAll(PROCESSOR_FIELDS);
        return fields.toString();
    }

    private static String variables() {
        TreeMap<String, String> set = new TreeMap<>(InstructionSet.current().environment());
        set.keySet().removeIf(name -> VARIABLES.stream().noneMatch(name::startsWith));
        return set.toString();
    }

    /** The rows in the file; empty if the file is missing or its content is damaged. */
    Optional<ProductRows> read() {
        Properties found = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            found.load(reader);
            boolean promised = Boolean.parseBoolean(found.getProperty("promised"));
            return Optional.of(new ProductRows(
                    ProductRows.KERNELS,
                    promised ? blocks(found, "cached") : RowBlocks.ANY,
                    promised ? blocks(found, "whole") : RowBlocks.ANY,
                    promised,
                    found.getProperty("digest", "")));
        } catch (IOException | IllegalArgumentException probedAnew) {
            return Optional.empty();
        }
    }

    private static RowBlocks blocks(Properties found, String of) {
        return new RowBlocks(
                Integer.parseInt(found.getProperty(of + ".unit")), Integer.parseInt(found.getProperty(of + ".most")));
    }

    /** Writes what was found. If the file cannot be written, the next process has to find the same again. */
    ProductRows write(ProductRows rows) {
        Properties found = new Properties();
        found.setProperty("promised", Boolean.toString(rows.promised()));
        found.setProperty("digest", rows.digest());
        found.setProperty("cached.unit", Integer.toString(rows.cached().unit()));
        found.setProperty("cached.most", Integer.toString(rows.cached().most()));
        found.setProperty("whole.unit", Integer.toString(rows.whole().unit()));
        found.setProperty("whole.most", Integer.toString(rows.whole().most()));
        try (StringWriter text = new StringWriter()) {
            found.store(text, "Rows of the blocks in which products give a row the same bits, on this machine");
            DurableFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | UncheckedIOException readOnly) {
            // said above: the next process finds the same
        }
        return rows;
    }
}
