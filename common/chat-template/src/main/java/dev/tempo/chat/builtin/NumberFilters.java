package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.Operators;
import dev.tempo.chat.python.ParsedNumbers;
import dev.tempo.chat.python.PercentFormat;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonNumbers;
import dev.tempo.chat.python.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The filters of numbers. */
final class NumberFilters {
    static final Map<String, Filter> ALL = Map.of(
            "abs", NumberFilters::abs,
            "round", NumberFilters::round,
            "int", NumberFilters::whole,
            "float", NumberFilters::decimal,
            "sum", NumberFilters::sum,
            "filesizeformat", NumberFilters::filesize);

    private NumberFilters() {}

    private static Object abs(Object value, Arguments given) {
        given.bind();
        return PythonNumbers.absolute(defined(value));
    }

    private static Object defined(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.used();
        }
        return value;
    }

    private static Object round(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("precision=", "method=");
        Object method = bound.get("method", "common");
        defined(value);
        if (method.equals("common")) {
            return bound.optional("precision") == Python.NONE
                    ? nearest(value)
                    : PythonNumbers.rounded(value, bound.whole("precision", 0));
        } else if (!method.equals("ceil") && !method.equals("floor")) {
            throw new IllegalArgumentException("round's method is 'common', 'ceil' or 'floor'");
        }
        Object scale = Operators.apply("**", BigInteger.TEN, bound.get("precision", BigInteger.ZERO));
        Object scaled = Operators.apply("*", value, scale);
        BigInteger limit = PythonNumbers.whole(scaled);
        if (limit == null) {
            double number = finite(PythonNumbers.decimal(scaled));
            limit = new BigDecimal(method.equals("ceil") ? Math.ceil(number) : Math.floor(number)).toBigInteger();
        }
        return Operators.apply("/", limit, scale);
    }

    private static Object nearest(Object value) {
        BigInteger whole = PythonNumbers.whole(value);
        return whole == null ? new BigDecimal(Math.rint(finite(PythonNumbers.decimal(value)))).toBigInteger() : whole;
    }

    private static double finite(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("nan and infinity cannot be rounded");
        }
        return number;
    }

    private static Object whole(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("default=", "base=");
        BigInteger number = ParsedNumbers.whole(defined(value), bound.whole("base", 10));
        if (number == null && !(value instanceof Double)) {
            Double decimal = ParsedNumbers.decimal(value);
            number = decimal == null ? null : ParsedNumbers.whole(decimal, 10);
        }
        return number == null ? bound.get("default", BigInteger.ZERO) : number;
    }

    private static Object decimal(Object value, Arguments given) {
        Object otherwise = given.bind("default=").get("default", 0.0);
        Double number = ParsedNumbers.decimal(defined(value));
        return number == null ? otherwise : number;
    }

    private static Object sum(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("attribute=", "start=");
        Attributes attributes = Attributes.of(bound.get("attribute"), null);
        Object sum = bound.get("start", BigInteger.ZERO);
        if (Python.isText(sum)) {
            throw new IllegalArgumentException("sum cannot add texts; use join");
        }
        Iterator<Object> items = Elements.iterator(value);
        while (items.hasNext()) {
            sum = Operators.apply("+", sum, attributes.in(items.next()));
        }
        return sum;
    }

    private static Object filesize(Object value, Arguments given) {
        boolean binary = given.bind("binary=").flag("binary");
        Double bytes = ParsedNumbers.decimal(defined(value));
        if (bytes == null) {
            throw new IllegalArgumentException("filesizeformat takes a number, not " + Python.kind(value));
        }
        int base = binary ? 1024 : 1000;
        if (bytes == 1) {
            return "1 Byte";
        } else if (bytes < base) {
            return new BigDecimal(finite(bytes)).toBigInteger() + " Bytes";
        }
        List<String> prefixes = List.of("k", "M", "G", "T", "P", "E", "Z", "Y");
        BigInteger unit = BigInteger.valueOf(base);
        String prefix = "";
        for (String one : prefixes) {
            prefix = (binary && one.equals("k") ? "K" : one) + (binary ? "iB" : "B");
            unit = unit.multiply(BigInteger.valueOf(base));
            if (bytes < unit.doubleValue()) {
                break;
            }
        }
        return PercentFormat.of("%.1f", base * bytes / unit.doubleValue()) + " " + prefix;
    }
}
