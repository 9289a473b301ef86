/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.growth;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads Mailroom's classes, and those of the libraries that read mail, so that all they do is counted in {@link Work}.
 * Each loop jumps, so none goes uncounted, whatever it looks at; of the JDK's methods those are counted that search in
 * texts or copy them.
 */
final class CountingLoader extends ClassLoader {
    private static final List<String> COUNTED = List.of(
            "org.mailroom.search.", "org.apache.james.mime4j.", "org.apache.lucene.", "org.tartarus.", "org.jsoup.");

    private static final String WORK = "org/mailroom/search/growth/Work";

    /** The methods that {@link Work} has one for, with the object called as the first argument. */
    private static final Set<String> REPLACED = Set.of(
            "java/lang/String.indexOf(I)I",
            "java/lang/String.indexOf(II)I",
            "java/lang/String.indexOf(Ljava/lang/String;)I",
            "java/lang/String.indexOf(Ljava/lang/String;I)I",
            "java/lang/String.lastIndexOf(I)I",
            "java/lang/String.lastIndexOf(II)I",
            "java/lang/String.lastIndexOf(Ljava/lang/String;)I",
            "java/lang/String.contains(Ljava/lang/CharSequence;)Z",
            "java/lang/String.isBlank()Z",
            "java/lang/String.equals(Ljava/lang/Object;)Z",
            "java/util/List.contains(Ljava/lang/Object;)Z",
            "java/util/List.indexOf(Ljava/lang/Object;)I",
            "java/util/List.remove(I)Ljava/lang/Object;",
            "java/util/regex/Pattern.matcher(Ljava/lang/CharSequence;)Ljava/util/regex/Matcher;");

    /** The packages whose methods copy what they return. */
    private static final List<String> COPYING =
            List.of("java/lang/", "java/io/", "java/nio/", "java/text/", "java/util/Arrays", "java/util/regex/");

    CountingLoader() {
        super(CountingLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean counted =
                COUNTED.stream().anyMatch(name::startsWith) && !name.startsWith("org.mailroom.search.growth.");
        if (!counted) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? counted(name) : loaded;
        }
    }

    private Class<?> counted(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            ClassReader reader = new ClassReader(file);
            ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
            reader.accept(new CountingClass(writer), 0);
            byte[] octets = writer.toByteArray();
            return defineClass(name, octets, 0, octets.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class CountingClass extends ClassVisitor {
        CountingClass(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] thrown) {
            return new CountingMethod(super.visitMethod(access, name, type, signature, thrown));
        }
    }

    private static final class CountingMethod extends MethodVisitor {
        CountingMethod(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            count("step", "()V");
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            count("step", "()V");
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean ofInterface) {
            if (REPLACED.contains(owner + '.' + name + type)) {
                count(name, "(L" + owner + ';' + type.substring(1));
                return;
            }
            if (owner.equals("java/text/Normalizer") && name.equals("normalize")) {
                count(name, type);
                return;
            }
            if (owner.equals("java/lang/System") && name.equals("arraycopy")) {
                super.visitInsn(Opcodes.DUP);
                count("looked", "(I)V");
            }
            super.visitMethodInsn(opcode, owner, name, type, ofInterface);
            boolean makesString = owner.equals("java/lang/String") && name.equals("<init>");
            boolean returnsCopy = (type.endsWith(")Ljava/lang/String;") || type.contains(")["))
                    && COPYING.stream().anyMatch(owner::startsWith);
            if (makesString || returnsCopy) {
                super.visitInsn(Opcodes.DUP);
                count("made", "(Ljava/lang/Object;)V");
            }
        }

        private void count(String method, String type) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, WORK, method, type, false);
        }
    }
}
