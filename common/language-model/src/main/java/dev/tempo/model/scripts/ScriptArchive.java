package dev.tempo.model.scripts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The bytes of a TorchScript module that has methods and some numbers, as {@code torch.jit.save} would write them, made from
 * source text, so that neither Python nor a binary resource is needed.
 */
final class ScriptArchive {
    private static final String CLASS_HEADER =
            "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";
    /** An instance of __torch__.M whose state is {"training": True, ...}, in pickle protocol 2. */
    private static final String INSTANCE = "\u0080\u0002c__torch__\nM\n)\u0081}(" + text("training") + "\u0088";

    private static final String INSTANCE_END = "ub.";
    /**
     * A tensor of one number without dimensions, in pickle protocol 2: the parts before and behind the name of its storage.
     */
    private static final String TENSOR =
            "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n";

    private static final String TENSOR_END = text("cpu") + "K\u0001tQK\u0000))\u0089ccollections\nOrderedDict\n)RtR";
    /** The empty tuple, in pickle protocol 2. */
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private ScriptArchive() {}

    /**
     * The bytes of a module.
     *
     * @param methods the class's methods, indented by two spaces
     * @param numbers the class's attributes, as float32 tensors without dimensions
     */
    static byte[] of(String methods, SortedMap<String, Float> numbers) {
        StringBuilder attributes = new StringBuilder(CLASS_HEADER);
        StringBuilder instance = new StringBuilder(INSTANCE);
        for (String name : numbers.keySet()) {
            attributes.append("  ").append(name).append(" : Tensor\n");
            instance.append(text(name)).append(TENSOR).append(text(name)).append(TENSOR_END);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "m/data.pkl", (instance + INSTANCE_END).getBytes(StandardCharsets.ISO_8859_1));
            for (Map.Entry<String, Float> number : numbers.entrySet()) {
                ByteBuffer content = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                put(
                        zip,
                        "m/data/" + number.getKey(),
                        content.putFloat(number.getValue()).array());
            }
            put(zip, "m/code/__torch__.py", (attributes + methods).getBytes(StandardCharsets.UTF_8));
            put(zip, "m/constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "m/version", "10\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The pickled form of a text shorter than 128 characters. */
    private static String text(String text) {
        return "X" + (char) text.length() + "\u0000\u0000\u0000" + text;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setCrc(checksum.getValue());
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
