/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.linkage;

import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.mailroom.server.linkage.ClassFile.Member;
import org.mailroom.server.linkage.ClassFile.Use;
import org.mailroom.server.linkage.Requirement.Exists;
import org.mailroom.server.linkage.Requirement.Extends;
import org.mailroom.server.linkage.Requirement.Overrides;
import org.mailroom.server.linkage.Requirement.Uses;

/**
 * Collects what Mailroom's classes need of others. The JDK is left out: the compiler has seen to that.
 *
 * <p>What they override cannot be read from their class files; it is asked of the James they were compiled against.
 */
final class Requirements {
    private final Map<String, ClassFile> own;
    private final ClassFiles compiledAgainst;
    private final UnaryOperator<String> compiledName;
    private final Set<Requirement> all = new LinkedHashSet<>();

    /**
     * @param own Mailroom's classes, with references
     * @param compiledAgainst the classes that they were compiled against
     * @param compiledName of a name or descriptor in {@code own}, what it was in {@code compiledAgainst}
     */
    private Requirements(Map<String, ClassFile> own, ClassFiles compiledAgainst, UnaryOperator<String> compiledName) {
        this.own = own;
        this.compiledAgainst = compiledAgainst;
        this.compiledName = compiledName;
    }

    static Set<Requirement> of(
            Map<String, ClassFile> own, ClassFiles compiledAgainst, UnaryOperator<String> compiledName) {
        Requirements requirements = new Requirements(own, compiledAgainst, compiledName);
        own.values().forEach(requirements::add);
        return requirements.all;
    }

    private void add(ClassFile type) {
        for (String name : type.types()) {
            if (foreign(name)) {
                all.add(new Exists(type.name(), name, Optional.empty()));
            }
        }
        type.superclass().filter(this::foreign).ifPresent(name -> all.add(new Extends(type.name(), name, false)));
        type.interfaces().stream().filter(this::foreign).forEach(name -> all.add(new Extends(type.name(), name, true)));
        type.uses().forEach(use -> add(type, use));
        Set<String> foreignTypes = new LinkedHashSet<>();
        addNearestForeign(type, foreignTypes);
        type.members().forEach((member, access) -> {
            if (member.method()
                    && !member.name().startsWith("<")
                    && !Modifier.isStatic(access)
                    && !Modifier.isPrivate(access)) {
                foreignTypes.stream()
                        .filter(name -> overrides(name, member))
                        .forEach(name -> all.add(new Overrides(type.name(), name, member)));
            }
        });
    }

    private void add(ClassFile type, Use use) {
        if (own.containsKey(use.owner())) {
            addInherited(type, use, own.get(use.owner()));
        } else if (foreign(use.owner())) {
            all.add(new Exists(type.name(), use.owner(), use.ofInterface()));
            all.add(new Uses(type.name(), use.owner(), use.member(), use.ofStatic()));
        }
    }

    /** A member called by the name of an own class that does not declare it comes from what the class extends. */
    private void addInherited(ClassFile type, Use use, ClassFile owner) {
        if (owner.members().containsKey(use.member())) {
            return;
        }
        Set<String> foreignTypes = new LinkedHashSet<>();
        Set<String> ownTypes = addNearestForeign(owner, foreignTypes);
        if (ownTypes.stream().noneMatch(name -> own.get(name).members().containsKey(use.member()))) {
            foreignTypes.stream()
                    .filter(name -> declares(name, use.member()))
                    .findFirst()
                    .ifPresent(name -> all.add(new Uses(type.name(), name, use.member(), use.ofStatic())));
        }
    }

    /** Adds the first foreign classes and interfaces on each way up; returns the own ones passed. */
    private Set<String> addNearestForeign(ClassFile type, Set<String> foreignTypes) {
        Set<String> passed = new LinkedHashSet<>();
        Set<String> parents = new LinkedHashSet<>(type.interfaces());
        type.superclass().ifPresent(parents::add);
        for (String parent : parents) {
            if (own.containsKey(parent)) {
                passed.add(parent);
                passed.addAll(addNearestForeign(own.get(parent), foreignTypes));
            } else if (foreign(parent)) {
                foreignTypes.add(parent);
            }
        }
        return passed;
    }

    private boolean foreign(String name) {
        return !own.containsKey(name) && !ClassFiles.ofJdk(name);
    }

    private boolean declares(String owner, Member member) {
        return Resolution.of(compiledAgainst, compiledName.apply(owner), compiled(member)) instanceof Resolution.Found;
    }

    private boolean overrides(String owner, Member member) {
        return Resolution.of(compiledAgainst, compiledName.apply(owner), compiled(member))
                        instanceof Resolution.Found found
                && !ClassFiles.ofJdk(found.declaring().name());
    }

    private Member compiled(Member member) {
        return new Member(member.name(), compiledName.apply(member.descriptor()));
    }
}
