package dev.tempo.model.replay;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Numbers as a file of steps holds them, NaN and infinity too: base64 of little-endian float32. */
public final class PackedNumbers {
    private final float[] numbers;

    private PackedNumbers(float[] numbers) {
        this.numbers = numbers;
    }

    static PackedNumbers of(float... numbers) {
        return new PackedNumbers(numbers.clone());
    }

    /** The numbers of a text in a file. */
    @JsonCreator
    public static PackedNumbers decode(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return new PackedNumbers(numbers);
    }

    /** The numbers as a text in a file. */
    @JsonValue
    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    float[] toArray() {
        return numbers.clone();
    }
}
