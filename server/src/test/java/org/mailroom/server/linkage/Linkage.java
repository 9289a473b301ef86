/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.linkage;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailroom.server.linkage.ClassFile.Member;
import org.mailroom.server.linkage.Requirement.Exists;
import org.mailroom.server.linkage.Requirement.Extends;
import org.mailroom.server.linkage.Requirement.Overrides;
import org.mailroom.server.linkage.Requirement.Uses;
import org.objectweb.asm.Opcodes;

/**
 * Holds Mailroom's classes against the classes they are to run with, as the JVM would when it links them (JVMS 5.4), but
 * all at once: classes that are there are asked, of others the reviewed declarations are believed.
 */
final class Linkage {
    private final Map<String, ClassFile> own;
    private final ClassFiles world;
    private final Map<Key, Declaration> reviewed = new LinkedHashMap<>();
    private final Set<Key> needed = new LinkedHashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();

    /** What declarations are looked up by; of a class, member and shape are empty. */
    private record Key(String owner, String member, String shape) {
        static Key of(Declaration declaration) {
            return declaration.member().isEmpty()
                    ? of(declaration.owner().replace('.', '/'))
                    : new Key(declaration.owner(), declaration.member(), declaration.shape());
        }

        static Key of(String type) {
            return new Key(type.replace('/', '.'), "", "");
        }

        static Key of(String type, Member member) {
            return new Key(type.replace('/', '.'), member.name(), Declaration.shape(member));
        }
    }

    /**
     * @param problems what does not fit, in words; empty where all does
     * @param declarations the list as it ought to be, as far as it is known
     */
    record Outcome(List<String> problems, List<String> declarations) {}

    private Linkage(Map<String, ClassFile> own, ClassFiles world, Collection<Declaration> reviewed) {
        this.own = own;
        this.world = world;
        for (Declaration line : reviewed) {
            if (this.reviewed.put(Key.of(line), line) != null) {
                problems.add("listed twice: " + line);
            }
        }
    }

    /**
     * @param own Mailroom's classes
     * @param requirements theirs
     * @param world the classes they run with, themselves among them
     * @param reviewed what is in classes that {@code world} lacks
     * @param source where to look up declarations that {@code reviewed} lacks
     */
    static Outcome check(
            Map<String, ClassFile> own,
            Set<Requirement> requirements,
            ClassFiles world,
            Collection<Declaration> reviewed,
            Optional<ClassFiles> source) {
        Linkage linkage = new Linkage(own, world, reviewed);
        requirements.forEach(linkage::check);
        own.values().stream()
                .filter(type -> !type.is(Opcodes.ACC_ABSTRACT) && !type.types().isEmpty())
                .forEach(type -> linkage.checkNothingLeftAbstract(type, source));
        linkage.reviewed.forEach((key, line) -> {
            if (!linkage.needed.contains(key)) {
                linkage.problems.add("listed, but nothing needs it: " + line);
            }
        });
        return new Outcome(
                List.copyOf(linkage.problems),
                linkage.needed.stream()
                        .sorted(Comparator.comparing(Key::owner)
                                .thenComparing(Key::member)
                                .thenComparing(Key::shape))
                        .map(key -> linkage.declaration(key, source))
                        .toList());
    }

    private void check(Requirement requirement) {
        if (requirement instanceof Exists exists) {
            check(exists);
        } else if (requirement instanceof Extends extended) {
            check(extended);
        } else if (requirement instanceof Uses uses) {
            check(uses);
        } else if (requirement instanceof Overrides overrides) {
            check(overrides);
        } else if (requirement instanceof Requirement.Names names) {
            member(names, names.owner(), names.member());
        }
    }

    private void check(Exists exists) {
        Optional<Declaration> found = type(exists, exists.owner());
        found.ifPresent(type -> {
            if (!type.has("public")) {
                report(exists, type + " is not public");
            }
            if (exists.asInterface().isPresent()
                    && exists.asInterface().get() != type.shape().equals("interface")) {
                report(exists, type + " was " + (exists.asInterface().get() ? "an interface" : "a class"));
            }
        });
    }

    private void check(Extends extended) {
        type(extended, extended.owner()).ifPresent(type -> {
            if (type.has("final")) {
                report(extended, type + " cannot be extended");
            }
            if (extended.asInterface() != type.shape().equals("interface")) {
                report(extended, type + " was " + (extended.asInterface() ? "an interface" : "a class"));
            }
        });
    }

    private void check(Uses uses) {
        member(uses, uses.owner(), uses.member()).ifPresent(member -> {
            boolean inherited =
                    world.supertypes(own.get(uses.by())).contains(member.owner().replace('.', '/'));
            if (!member.has("public") && !(member.has("protected") && inherited)) {
                report(uses, member + " may not be used");
            }
            if (member.has("static") != uses.ofStatic()) {
                report(uses, member + (uses.ofStatic() ? " was static" : " was not static"));
            }
        });
    }

    private void check(Overrides overrides) {
        member(overrides, overrides.owner(), overrides.member()).ifPresent(member -> {
            if (member.has("final") || member.has("static") || !member.has("public") && !member.has("protected")) {
                report(overrides, member + " cannot be overridden");
            }
        });
    }

    /** The declaration of a class; nothing where the problem is reported. */
    private Optional<Declaration> type(Requirement requirement, String name) {
        Optional<Declaration> found = world.find(name).map(Declaration::of);
        return found.isPresent() ? found : listed(requirement, Key.of(name));
    }

    /** The declaration of a member; nothing where the problem is reported. */
    private Optional<Declaration> member(Requirement requirement, String owner, Member member) {
        Resolution resolution = Resolution.of(world, owner, member);
        if (resolution instanceof Resolution.Found found) {
            return Optional.of(Declaration.of(found.declaring().name(), member, found.access()));
        }
        if (resolution instanceof Resolution.Unknown unknown) {
            return listed(requirement, Key.of(unknown.type(), member));
        }
        report(requirement, owner.replace('/', '.') + " has no " + Declaration.shape(member));
        return Optional.empty();
    }

    private Optional<Declaration> listed(Requirement requirement, Key key) {
        needed.add(key);
        Optional<Declaration> line = Optional.ofNullable(reviewed.get(key));
        if (line.isEmpty()) {
            report(requirement, "not listed: " + notReviewed(key));
        } else if (key.member().isEmpty()
                && !Set.of("class", "interface").contains(line.get().shape())) {
            report(requirement, "not reviewed: " + line.get());
        }
        return line;
    }

    /** Every abstract method that {@code type} inherits must have a body somewhere. */
    private void checkNothingLeftAbstract(ClassFile type, Optional<ClassFiles> source) {
        for (String name : world.supertypes(type)) {
            Optional<ClassFile> known = world.find(name);
            if (known.isPresent()) {
                known.get().members().forEach((member, access) -> {
                    if (member.method() && Modifier.isAbstract(access)) {
                        checkImplemented(type, name, member);
                    }
                });
            } else {
                source.ifPresent(files -> look(type, name, files));
                listedOf(name).filter(line -> line.has("abstract")).forEach(line -> checkListedImplemented(type, line));
            }
        }
    }

    private void checkImplemented(ClassFile type, String declaring, Member member) {
        if (!hasBody(world, type, member)
                && world.supertypes(type).stream()
                        .allMatch(name -> world.find(name).isPresent())) {
            problems.add(type.name().replace('/', '.') + " does not implement " + declaring.replace('/', '.') + "'s "
                    + Declaration.shape(member));
        }
    }

    /** The body may be in one of Mailroom's classes, or in another class on the list. */
    private void checkListedImplemented(ClassFile type, Declaration line) {
        needed.add(Key.of(line));
        boolean implemented = world.supertypes(type).stream()
                .flatMap(name -> world.find(name).stream())
                .flatMap(file -> file.members().entrySet().stream())
                .anyMatch(member -> !Modifier.isAbstract(member.getValue())
                        && Declaration.shape(member.getKey()).equals(line.shape()));
        if (implemented) {
            return;
        }
        Optional<Declaration> inherited = world.supertypes(type).stream()
                .flatMap(this::listedOf)
                .filter(other -> other.shape().equals(line.shape()) && !other.has("abstract"))
                .findFirst();
        inherited.map(Key::of).ifPresent(needed::add);
        if (inherited.isEmpty()) {
            problems.add(type.name().replace('/', '.') + " does not implement " + line);
        }
    }

    /** The members of a class that are on the list. */
    private Stream<Declaration> listedOf(String type) {
        return reviewed.values().stream()
                .filter(line -> !line.member().isEmpty() && line.owner().equals(type.replace('/', '.')));
    }

    /** Puts on the list what {@code name}, a supertype that is not there, leaves to {@code type}. */
    private void look(ClassFile type, String name, ClassFiles source) {
        for (Member member :
                source.find(name).map(file -> leftAbstract(source, file)).orElse(Set.of())) {
            needed.add(Key.of(name, member));
            if (!hasBody(world, type, member)) {
                world.supertypes(type).stream()
                        .filter(other -> world.find(other).isEmpty())
                        .filter(other -> source.find(other)
                                .filter(file -> hasBody(source, file, member))
                                .isPresent())
                        .findFirst()
                        .ifPresent(other -> needed.add(Key.of(other, member)));
            }
        }
    }

    private static boolean hasBody(ClassFiles files, ClassFile type, Member member) {
        return files.supertypes(type).stream()
                .flatMap(name -> files.find(name).stream())
                .map(file -> file.members().get(member))
                .anyMatch(access -> access != null && !Modifier.isAbstract(access));
    }

    /** The methods that who extends {@code type} has to write, but for those of the JDK's interfaces. */
    private static Set<Member> leftAbstract(ClassFiles files, ClassFile type) {
        Set<Member> left = new LinkedHashSet<>();
        for (String name : files.supertypes(type)) {
            if (!ClassFiles.ofJdk(name)) {
                files.find(name).ifPresent(file -> file.members().forEach((member, access) -> {
                    if (member.method() && Modifier.isAbstract(access) && !hasBody(files, type, member)) {
                        left.add(member);
                    }
                }));
            }
        }
        return left;
    }

    private void report(Requirement requirement, String what) {
        problems.add(requirement.by().replace('/', '.') + ": " + what);
    }

    private String declaration(Key key, Optional<ClassFiles> source) {
        return source.flatMap(files -> lookedUp(key, files))
                .or(() -> Optional.ofNullable(reviewed.get(key)))
                .map(Declaration::toString)
                .orElseGet(() -> notReviewed(key));
    }

    private static String notReviewed(Key key) {
        return key.owner() + (key.member().isEmpty() ? "" : "#" + key.member()) + ": "
                + (Declaration.NOT_REVIEWED + " " + key.shape()).strip();
    }

    private static Optional<Declaration> lookedUp(Key key, ClassFiles files) {
        String owner = key.owner().replace('.', '/');
        Optional<ClassFile> type = files.find(owner);
        if (key.member().isEmpty()) {
            return type.map(Declaration::of);
        }
        return type.stream()
                .flatMap(file -> files.supertypes(file).stream())
                .flatMap(name -> files.find(name).stream())
                .flatMap(file -> file.members().entrySet().stream())
                .filter(member -> member.getKey().name().equals(key.member())
                        && Declaration.shape(member.getKey()).equals(key.shape()))
                .findFirst()
                .map(member -> Declaration.of(owner, member.getKey(), member.getValue()));
    }
}
