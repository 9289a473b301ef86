/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.linkage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * What a class file declares and, where it was asked for, what it refers to. Names are internal ({@code java/lang/String}).
 *
 * @param access the flags of JVMS 4.1
 * @param superclass nothing for {@code java/lang/Object}
 * @param members the flags of each method and field
 * @param types the classes it names anywhere; empty where references were not asked for
 * @param uses the members it calls, reads or writes; empty where references were not asked for
 */
record ClassFile(
        String name,
        int access,
        Optional<String> superclass,
        List<String> interfaces,
        Map<Member, Integer> members,
        Set<String> types,
        Set<Use> uses) {

    /**
     * A method or a field within its class.
     *
     * @param descriptor of JVMS 4.3; a method's begins with a parenthesis
     */
    record Member(String name, String descriptor) {
        boolean method() {
            return descriptor.startsWith("(");
        }
    }

    /**
     * A member as an instruction names it.
     *
     * @param ofStatic whether the instruction takes it for static
     * @param ofInterface whether the instruction takes its owner for an interface; nothing is said of fields
     */
    record Use(String owner, Member member, boolean ofStatic, Optional<Boolean> ofInterface) {}

    /** Reads declarations only. */
    static ClassFile declarations(InputStream in) throws IOException {
        ClassNode node = new ClassNode();
        new ClassReader(in).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return of(node, Set.of(), Set.of());
    }

    /** Reads declarations and references. */
    static ClassFile withReferences(InputStream in) throws IOException {
        Set<String> types = new LinkedHashSet<>();
        Remapper collector = new Remapper() {
            @Override
            public String map(String name) {
                types.add(name);
                return name;
            }
        };
        ClassNode written = new ClassNode();
        new ClassReader(in).accept(written, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        dropInvisibleAnnotations(written);
        ClassNode node = new ClassNode();
        written.accept(new ClassRemapper(node, collector));
        Set<Use> uses = new LinkedHashSet<>();
        node.methods.forEach(method -> method.instructions.forEach(instruction -> uses.addAll(uses(instruction))));
        return of(node, types, uses);
    }

    /** Nothing loads these: they are for the checks of the build. */
    private static void dropInvisibleAnnotations(ClassNode node) {
        node.invisibleAnnotations = null;
        node.fields.forEach(field -> field.invisibleAnnotations = null);
        node.methods.forEach(method -> method.invisibleAnnotations = null);
    }

    private static ClassFile of(ClassNode node, Set<String> types, Set<Use> uses) {
        Map<Member, Integer> members = new LinkedHashMap<>();
        node.fields.forEach(field -> members.put(new Member(field.name, field.desc), field.access));
        node.methods.forEach(method -> members.put(new Member(method.name, method.desc), method.access));
        return new ClassFile(
                node.name,
                node.access,
                Optional.ofNullable(node.superName),
                List.copyOf(node.interfaces),
                members,
                types,
                uses);
    }

    private static Collection<Use> uses(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call && !call.owner.startsWith("[")) {
            return List.of(new Use(
                    call.owner,
                    new Member(call.name, call.desc),
                    call.getOpcode() == Opcodes.INVOKESTATIC,
                    Optional.of(call.itf)));
        }
        if (instruction instanceof FieldInsnNode field) {
            return List.of(new Use(
                    field.owner,
                    new Member(field.name, field.desc),
                    field.getOpcode() == Opcodes.GETSTATIC || field.getOpcode() == Opcodes.PUTSTATIC,
                    Optional.empty()));
        }
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            Set<Use> handles = new LinkedHashSet<>();
            for (Object argument : dynamic.bsmArgs) {
                if (argument instanceof Handle handle) {
                    handles.add(use(handle));
                }
            }
            return handles;
        }
        return List.of();
    }

    private static Use use(Handle handle) {
        Member member = new Member(handle.getName(), handle.getDesc());
        return new Use(
                handle.getOwner(),
                member,
                handle.getTag() == Opcodes.H_INVOKESTATIC
                        || handle.getTag() == Opcodes.H_GETSTATIC
                        || handle.getTag() == Opcodes.H_PUTSTATIC,
                member.method() ? Optional.of(handle.isInterface()) : Optional.empty());
    }

    boolean is(int flag) {
        return (access & flag) != 0;
    }
}
