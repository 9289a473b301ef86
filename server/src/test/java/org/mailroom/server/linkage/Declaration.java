/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.linkage;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailroom.server.linkage.ClassFile.Member;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class, or a member of it, with its signature in James 3.9.0: a line of the reviewed list, as in
 *
 * <pre>
 * org.apache.james.imap.api.ImapMessage: public interface
 * org.apache.james.imap.api.process.ImapSession#getSelected: public abstract org...SelectedMailbox getSelected()
 * </pre>
 *
 * @param owner the class, with dots between packages and dollar signs before inner classes
 * @param member its name; empty for the class itself
 * @param modifiers of it
 * @param shape the rest of the signature: "class", "interface", or the type, name and parameter types of the member, erased
 */
record Declaration(String owner, String member, Set<String> modifiers, String shape) {
    /** What stands in place of a signature nobody has looked up. */
    static final String NOT_REVIEWED = "?";

    private static final Set<String> MODIFIERS =
            Set.of("public", "protected", "private", "abstract", "static", "final", "default");

    static Declaration of(ClassFile file) {
        boolean face = file.is(Opcodes.ACC_INTERFACE);
        int shown = Modifier.PUBLIC | (face ? 0 : Modifier.ABSTRACT | Modifier.FINAL);
        return new Declaration(
                file.name().replace('/', '.'), "", modifiers(file.access() & shown), face ? "interface" : "class");
    }

    static Declaration of(String owner, Member member, int access) {
        int shown = Modifier.PUBLIC
                | Modifier.PROTECTED
                | Modifier.PRIVATE
                | Modifier.ABSTRACT
                | Modifier.STATIC
                | Modifier.FINAL;
        return new Declaration(owner.replace('/', '.'), member.name(), modifiers(access & shown), shape(member));
    }

    /** @throws IllegalArgumentException where the line is not one */
    static Declaration parse(String line) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
            throw new IllegalArgumentException("not \"class#member: signature\": " + line);
        }
        String[] name = line.substring(0, colon).split("#", 2);
        Set<String> words = Arrays.stream(line.substring(colon + 2).split(" "))
                .takeWhile(MODIFIERS::contains)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        String shape = Arrays.stream(line.substring(colon + 2).split(" "))
                .dropWhile(MODIFIERS::contains)
                .collect(Collectors.joining(" "));
        return new Declaration(name[0], name.length == 1 ? "" : name[1], words, shape);
    }

    static String shape(Member member) {
        if (!member.method()) {
            return Type.getType(member.descriptor()).getClassName() + " " + member.name();
        }
        String parameters = Stream.of(Type.getArgumentTypes(member.descriptor()))
                .map(Type::getClassName)
                .collect(Collectors.joining(", ", "(", ")"));
        return member.name().equals("<init>")
                ? member.name() + parameters
                : Type.getReturnType(member.descriptor()).getClassName() + " " + member.name() + parameters;
    }

    private static Set<String> modifiers(int access) {
        return Arrays.stream(Modifier.toString(access).split(" "))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    boolean has(String modifier) {
        return modifiers.contains(modifier);
    }

    @Override
    public String toString() {
        return owner + (member.isEmpty() ? "" : "#" + member) + ": "
                + Stream.concat(modifiers.stream(), Stream.of(shape)).collect(Collectors.joining(" "));
    }
}
