/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.linkage;

import java.util.Optional;
import org.mailroom.server.linkage.ClassFile.Member;

/** Where a member is found, as the JVM looks for it (JVMS 5.4.3). */
sealed interface Resolution {

    /** @param access the flags of the member */
    record Found(ClassFile declaring, int access) implements Resolution {}

    /** It may be in this class, which is not there to be asked. */
    record Unknown(String type) implements Resolution {}

    /** It is in none of the classes that it could be in. */
    record Missing() implements Resolution {}

    static Resolution of(ClassFiles files, String owner, Member member) {
        Optional<ClassFile> first = files.find(owner);
        if (first.isEmpty()) {
            return new Unknown(owner);
        }
        if (member.name().equals("<init>")) {
            return declared(first.get(), member).orElseGet(Missing::new);
        }
        Optional<Resolution> unknown = Optional.empty();
        for (String name : files.supertypes(first.get())) {
            Optional<ClassFile> type = files.find(name);
            Optional<Resolution> found = type.flatMap(file -> declared(file, member));
            if (found.isPresent()) {
                return found.get();
            }
            if (type.isEmpty() && unknown.isEmpty()) {
                unknown = Optional.of(new Unknown(name));
            }
        }
        return unknown.orElseGet(Missing::new);
    }

    private static Optional<Resolution> declared(ClassFile file, Member member) {
        return Optional.ofNullable(file.members().get(member)).map(access -> new Found(file, access));
    }
}
