package dev.tempo.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The bytes of a TorchScript module that has methods and no state: what {@code torch.jit.save} writes for one, made from
 * source text, so that neither Python nor a binary resource is needed.
 */
final class ScriptArchive {
    private static final String CLASS_HEADER =
            "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";
    /** Pickle protocol 2: an instance of __torch__.M whose state is {"training": True}. */
    private static final String INSTANCE = "\u0080\u0002c__torch__\nM\n)\u0081}(X\b\u0000\u0000\u0000training\u0088ub.";
    /** Pickle protocol 2: the empty tuple. */
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private ScriptArchive() {}

    /** @param methods the class's methods, indented by two spaces */
    static byte[] of(String methods) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "m/data.pkl", INSTANCE.getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "m/code/__torch__.py", (CLASS_HEADER + methods).getBytes(StandardCharsets.UTF_8));
            put(zip, "m/constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "m/version", "10\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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
