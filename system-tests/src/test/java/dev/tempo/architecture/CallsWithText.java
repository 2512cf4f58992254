package dev.tempo.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;

/**
 * The calls of some methods with the constant texts that are made ready for them, read from compiled classes: what names of meters
 * and groups are given where.
 *
 * @param caller name of the class that calls
 * @param inMethod name of the method that calls
 * @param method name of the method called
 * @param texts constant strings since the call of such a method before, in order
 */
record CallsWithText(String caller, String inMethod, String method, List<String> texts) {

    private static final String VARYING = "\u0001";

    /**
     * All such calls of production classes.
     *
     * @param packages the beginnings of the packages of the calling classes
     * @param owners the beginning of the name of the class whose method is called
     */
    static List<CallsWithText> of(String packages, String owners, Set<String> methods) {
        List<CallsWithText> calls = new ArrayList<>();
        classes(packages)
                .forEach(type -> read(type, new ClassVisitor(SpringAsmInfo.ASM_VERSION) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] thrown) {
                        return new Texts(new ArrayList<>()) {
                            @Override
                            public void visitMethodInsn(
                                    int opcode, String owner, String called, String of, boolean isInterface) {
                                if (owner.replace('/', '.').startsWith(owners) && methods.contains(called)) {
                                    calls.add(new CallsWithText(type.getName(), name, called, List.copyOf(texts)));
                                    texts.clear();
                                }
                            }
                        };
                    }
                }));
        return calls;
    }

    /** The texts of a class that it makes ready when it is loaded, such as those of a constant list. */
    static List<String> constantsOf(String className) {
        List<String> all = new ArrayList<>();
        classes(className)
                .filter(type -> type.getName().equals(className))
                .forEach(type -> read(type, new ClassVisitor(SpringAsmInfo.ASM_VERSION) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] thrown) {
                        return name.equals("<clinit>") ? new Texts(all) : null;
                    }
                }));
        return all;
    }

    private static Stream<JavaClass> classes(String beginning) {
        return Code.ALL.stream().filter(type -> type.getName().startsWith(beginning));
    }

    private static void read(JavaClass type, ClassVisitor visitor) {
        try (InputStream code = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            new ClassReader(code).accept(visitor, ClassReader.SKIP_DEBUG);
        } catch (IOException unreadable) {
            throw new AssertionError(type.getName() + " cannot be read", unreadable);
        }
    }

    /** Collects the constant texts of methods. */
    private static class Texts extends MethodVisitor {
        final List<String> texts;

        Texts(List<String> texts) {
            super(SpringAsmInfo.ASM_VERSION);
            this.texts = texts;
        }

        /** Concatenations: their constant parts stand in one text, with a mark for each part that varies. */
        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof String text) {
                    texts.add(text.replace(VARYING, ""));
                }
            }
        }

        @Override
        public void visitLdcInsn(Object constant) {
            if (constant instanceof String text) {
                texts.add(text);
            }
        }
    }
}
