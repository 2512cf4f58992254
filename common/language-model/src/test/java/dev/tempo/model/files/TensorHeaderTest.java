package dev.tempo.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of headers written by hand. For each of them Python's safetensors 0.8.0 was asked whether it accepts the file. */
class TensorHeaderTest {
    private static final String A = "'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}";

    @TempDir
    Path directory;

    private Path file(long length, byte[] header, int data) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(header);
        return Files.write(directory.resolve("model.safetensors"), bytes.array());
    }

    private Path file(String header, int data) throws IOException {
        byte[] json = header.replace("A", A).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return file(json.length, json, data);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{A}|4|a",
                " {A}  |4|a",
                "{}|0|",
                "{'__metadata__':null,A}|4|a",
                "{'__metadata__':{'b':'c'},A}|4|a",
                "{'s':{'dtype':'F32','shape':[],'data_offsets':[0,4]}}|4|s",
                "{'z':{'dtype':'F32','shape':[0],'data_offsets':[4,4]},A}|4|z,a",
                "{'f':{'dtype':'F4','shape':[4],'data_offsets':[0,2]}}|2|f",
                "{'':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}|1|``",
            })
    void whatAccountsForEveryByteIsRead(String header, int data, String names) throws IOException {
        assertThat(TensorFile.open(file(header, data)).names())
                .containsExactlyElementsOf(names == null ? Arrays.asList() : Arrays.asList(names.split(",", -1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{A,A} | 4 | names a twice",
                "{A,'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | names a twice",
                "{A,'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4 | tensor b of type F32 and shape [1] has bytes 0 to 4, but those up to 4 are another's",
                "{A,'b':{'dtype':'F32','shape':[1],'data_offsets':[2,6]}} | 6 | has bytes 2 to 6, but those up to 4 are another's",
                "{A,'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}} | 12 | those from 4 before them are nobody's",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | those from 0 before them are nobody's",
                "{'z':{'dtype':'F32','shape':[0],'data_offsets':[2,2]},A} | 4 | tensor",
                "{A} | 5 | goes on for 1 bytes behind its last tensor",
                "{} | 1 | goes on for 1 bytes behind its last tensor",
                "{A} | 3 | has bytes 0 to 4 of 3; the file is cut short",
                "{'__metadata__':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4 | __metadata__ must hold texts by name (it describes the file and is no tensor), but shape is [1]",
                "{'__metadata__':[],A} | 4 | __metadata__ must hold texts by name",
                "{'__metadata__':{'b':1},A} | 4 | __metadata__ must hold texts by name",
                "{'__metadata__':{'b':null},A} | 4 | __metadata__ must hold texts by name",
                "{'__metadata__':{},'__metadata__':{},A} | 4 | names __metadata__ twice",
                "{'__metadata__':{'b':'c','b':'d'},A} | 4 | twice",
                "{'a':{'dtype':'F32','dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4 | twice",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'more':1}} | 4 | tensor a has the field more",
                "{'a':{'dtype':'F32','data_offsets':[0,4]}} | 4 | tensor a must have a dtype, a shape and two data_offsets",
                "{'a':null} | 0 | tensor a must have a dtype",
                "{'a':['F32',[1],[0,4]]} | 4 | tensor a must have a dtype",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,4]}} | 4 | two data_offsets",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4]}} | 4 | two data_offsets",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | 4 | which is not its size",
                "{'a':{'dtype':'I64','shape':[1],'data_offsets':[0,4]}} | 4 | which is not its size",
                "{'a':{'dtype':'F4','shape':[3],'data_offsets':[0,2]}} | 2 | which is not its size",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | 4 | shape must hold whole numbers from 0, but has -1",
                "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | 4 | whole numbers from 0, but has 1.0",
                "{'a':{'dtype':'F32','shape':['1'],'data_offsets':[0,4]}} | 4 | whole numbers from 0",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[18446744073709551612,18446744073709551616]}} | 4 | whole numbers",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,4]}} | 4 | no possible shape",
                "{'a':{'dtype':'F32','shape':[4611686018427387904],'data_offsets':[0,0]}} | 0 | no possible shape",
                "{'a':{'dtype':'F33','shape':[1],'data_offsets':[0,4]}} | 4 | tensor a is of type F33, which safetensors has not",
                "{'a':{'dtype':'f32','shape':[1],'data_offsets':[0,4]}} | 4 | is of type f32",
                "[] | 0 | its header is no JSON object",
                "null | 0 | its header is no JSON object",
                "{A | 4 | its header is no JSON",
                "{A,} | 4 | its header is no JSON",
                "{A} x | 4 | its header is",
                "{A}{} | 4 | its header is more than a JSON object",
                "{'__metadata__':{'b':NaN},A} | 4 | its header is no JSON",
                "/**/{A} | 4 | its header is no JSON",
                "{'\\ud800':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}} | 1 | a tensor whose name is no text",
            })
    void whatDoesNotIsRefused(String header, int data, String message) throws IOException {
        Path file = file(header, data);
        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"1000000000", "-9223372036854775803", "-1", "0", "1", "20", "55", "57", "61"})
    void aLengthThatIsNotTheHeadersIsRefused(long length) throws IOException {
        byte[] header = ("{" + A.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);
        assertThat(header).hasSize(54);
        Path file = file(length, header, 4);
        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("is no safetensors file");
    }

    @Test
    void aHeaderThatIsNoTextIsRefused() throws IOException {
        byte[] header = ("{" + A.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);
        header[2] = (byte) 0xFF;
        Path broken = file(header.length, header, 4);
        assertThatThrownBy(() -> TensorFile.open(broken)).hasMessageContaining("its header is not in UTF-8");
        Path deep = file("{'a':" + "[".repeat(5000) + "]".repeat(5000) + "}", 0);
        assertThatThrownBy(() -> TensorFile.open(deep))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("its header is no JSON");
    }

    @ParameterizedTest
    @CsvSource({"0", "7"})
    void aFileTooShortForALengthIsRefused(int size) throws IOException {
        Path file = Files.write(directory.resolve("model.safetensors"), new byte[size]);
        assertThatThrownBy(() -> TensorFile.open(file))
                .hasMessage(file + " is no safetensors file, or cut short: it has " + size + " bytes");
    }
}
